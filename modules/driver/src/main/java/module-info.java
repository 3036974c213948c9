import org.jspecify.annotations.NullMarked;

/**
 * How a node comes to have resources of a kind: a driver for each kind, found as a service, so that a module outside the framework can
 * add one. Knows the domain and, of the machine, that systemd runs it.
 */
@NullMarked
module io.nationtech.harmony.driver {
    requires transitive io.nationtech.harmony.domain;
    requires io.nationtech.harmony.files;
    requires io.nationtech.harmony.programs;
    requires static org.jspecify;

    exports io.nationtech.harmony.driver;
}
