package io.nationtech.harmony.domain.node;

/** What a container may do in a share. */
public enum ShareAccess {
    /** Reading; the kernel refuses it the rest. */
    READ_ONLY,
    /** Reading and writing, as far as the share lets the user of its process. */
    READ_WRITE
}
