import org.jspecify.annotations.NullMarked;

/**
 * Asks all hardware sources that there are, gives none of them more than its time, and watches for what comes and goes.
 * An adapter to the machine's file tree: only the agent uses it.
 */
@NullMarked
module io.nationtech.harmony.hardware.detection {
    requires transitive io.nationtech.harmony.hardware.source;
    requires static org.jspecify;

    exports io.nationtech.harmony.hardware.detection;

    uses io.nationtech.harmony.hardware.source.HardwareSource;
}
