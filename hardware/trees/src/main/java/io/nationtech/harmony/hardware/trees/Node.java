package io.nationtech.harmony.hardware.trees;

/** What is at a path of a recorded tree. */
sealed interface Node {

    /** A file; each character is one byte of it (ISO 8859-1). */
    record Content(String bytes) implements Node {}

    /** A symbolic link; it is not followed. */
    record Link(String target) implements Node {}

    /** A folder with so much free space, of a file system of so many bytes; 0 when that was not recorded. */
    record Space(long usable, long size) implements Node {}

    /** An empty folder, or something without content. */
    record Bare() implements Node {}

    /** Something that cannot be read. */
    record Refusing(String why) implements Node {}
}
