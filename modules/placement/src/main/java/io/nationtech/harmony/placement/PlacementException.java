package io.nationtech.harmony.placement;

/** The caller asked for something that contradicts what the placer knows; the message says what, with the values. */
public final class PlacementException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    PlacementException(String message) {
        super(message);
    }
}
