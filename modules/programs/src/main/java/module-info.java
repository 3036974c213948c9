import org.jspecify.annotations.NullMarked;

/**
 * Programs of the machine, run to their end or to a deadline, with bounded output, for whoever has work done by one.
 * Knows no program by name.
 */
@NullMarked
module io.nationtech.harmony.programs {
    requires static org.jspecify;

    exports io.nationtech.harmony.programs;
}
