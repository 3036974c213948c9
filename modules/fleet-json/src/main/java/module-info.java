import org.jspecify.annotations.NullMarked;

/**
 * The JSON form of what the fleet shares, version 1. An adapter: only composition roots use it.
 * Written out field by field, so that renaming in the code never changes what travels.
 */
@NullMarked
module io.nationtech.harmony.fleet.json {
    requires transitive io.nationtech.harmony.fleet;
    requires tools.jackson.jr.ob;
    requires static org.jspecify;

    exports io.nationtech.harmony.fleet.json;
}
