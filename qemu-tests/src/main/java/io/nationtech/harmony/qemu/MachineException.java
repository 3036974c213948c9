package io.nationtech.harmony.qemu;

/** A virtual machine could not be started, or does not answer. */
public final class MachineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MachineException(String message) {
        super(message);
    }

    MachineException(String message, Throwable cause) {
        super(message, cause);
    }
}
