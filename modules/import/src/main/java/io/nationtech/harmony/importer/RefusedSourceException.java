package io.nationtech.harmony.importer;

/** A source that cannot be imported; does not leave this module. */
final class RefusedSourceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    RefusedSourceException(Place at, String what, String next) {
        super(what);
        refusal = new Refusal(at, what, next);
    }

    Refusal refusal() {
        return refusal;
    }
}
