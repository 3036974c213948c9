package io.nationtech.harmony.domain.node;

/** What a container may do in a folder of its node: a share, or a host path. */
public enum ShareAccess {
    /** Reading; the kernel refuses it the rest. */
    READ_ONLY("read only"),
    /** Reading and writing, as far as the folder lets the user of its process. */
    READ_WRITE("writable");

    private final String text;

    ShareAccess(String text) {
        this.text = text;
    }

    /** For people. */
    String text() {
        return text;
    }
}
