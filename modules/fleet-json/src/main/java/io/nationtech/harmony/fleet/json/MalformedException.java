package io.nationtech.harmony.fleet.json;

/** A document is not what its reader expects; the message says which field, and what is wrong with it. */
class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message);
    }
}
