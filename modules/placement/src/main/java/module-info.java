import org.jspecify.annotations.NullMarked;

/**
 * Decides where work runs, and says why. Facts in, decisions out: no I/O, no clock, no chance, so that the same facts give the
 * same decisions anywhere.
 */
@NullMarked
module io.nationtech.harmony.placement {
    requires transitive io.nationtech.harmony.domain;
    requires static org.jspecify;

    exports io.nationtech.harmony.placement;
}
