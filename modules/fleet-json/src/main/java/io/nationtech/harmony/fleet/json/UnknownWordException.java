package io.nationtech.harmony.fleet.json;

/** A document is well made but has a word that is not known here; a newer version may have written it. */
final class UnknownWordException extends MalformedException {
    private static final long serialVersionUID = 1L;

    UnknownWordException(String message) {
        super(message);
    }
}
