package io.nationtech.harmony.domain.node;

/** A node's instruction set, by Debian's name. */
public enum Architecture {
    AMD64,
    ARM64
}
