import org.jspecify.annotations.NullMarked;

/**
 * The JSON form of what the fleet shares, version 1. An adapter: only composition roots use it.
 * Its forms are those of the records; {@code GoldenFormsTest} shows when a change in the code changes what travels.
 */
@NullMarked
module io.nationtech.harmony.fleet.json {
    requires transitive io.nationtech.harmony.fleet;
    requires io.nationtech.harmony.form;
    requires tools.jackson.jr.ob;
    requires static org.jspecify;

    exports io.nationtech.harmony.fleet.json;
}
