import org.jspecify.annotations.NullMarked;

/**
 * The seed of a stick: what a node is told before it is one, as people write it and as programs read it, and where it lies on a stick.
 * For whoever makes sticks and for what installs from them.
 */
@NullMarked
module io.nationtech.harmony.seed {
    requires transitive io.nationtech.harmony.domain;
    requires static org.jspecify;

    exports io.nationtech.harmony.seed;
}
