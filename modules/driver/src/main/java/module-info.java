import org.jspecify.annotations.NullMarked;

/**
 * How a node comes to have resources of a kind: a driver for each kind, found as a service, so that a module outside the framework can
 * add one. Knows the domain and no tool.
 */
@NullMarked
module io.nationtech.harmony.driver {
    requires transitive io.nationtech.harmony.domain;
    requires static org.jspecify;

    exports io.nationtech.harmony.driver;
}
