import org.jspecify.annotations.NullMarked;

/**
 * What finds out about a machine's hardware: a source looks at one kind of thing, in a file tree that may be this machine's or a
 * recorded one. Found by {@link java.util.ServiceLoader}, so that a node has the sources that its image was given.
 */
@NullMarked
module io.nationtech.harmony.hardware.source {
    requires transitive io.nationtech.harmony.domain;
    requires static org.jspecify;

    exports io.nationtech.harmony.hardware.source;
}
