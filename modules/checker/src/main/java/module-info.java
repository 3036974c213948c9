import org.jspecify.annotations.NullMarked;

/**
 * What the compiler checks beyond types: an annotation processor that runs the factories of value types on constant arguments,
 * names missing capabilities in one line, and writes the capability sets of higher-order topologies. Public compiler API only.
 */
@NullMarked
module io.nationtech.harmony.checker {
    requires jdk.compiler;
    requires static org.jspecify;

    provides javax.annotation.processing.Processor with
            io.nationtech.harmony.checker.HarmonyProcessor;
}
