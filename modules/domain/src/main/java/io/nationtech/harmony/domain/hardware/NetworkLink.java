package io.nationtech.harmony.domain.hardware;

import java.util.Optional;

/**
 * A network interface.
 *
 * @param speed as negotiated; wireless and virtual links often have none to tell
 */
public record NetworkLink(DevicePath path, Type type, State state, Optional<Bandwidth> speed) implements Device {

    /** What the link runs over. */
    public enum Type {
        ETHERNET,
        WIRELESS,
        CELLULAR,
        VIRTUAL
    }

    /** Whether it carries. */
    public enum State {
        UP,
        DOWN
    }
}
