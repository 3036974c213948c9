import org.jspecify.annotations.NullMarked;

/**
 * The names of a site on a node: knot answers for its zones, one server for those of all deployments; unbound looks up all others.
 * An adapter: only composition roots use it.
 */
@NullMarked
module io.nationtech.harmony.nameservers {
    requires io.nationtech.harmony.files;
    requires io.nationtech.harmony.programs;
    requires transitive io.nationtech.harmony.driver;
    requires transitive io.nationtech.harmony.resolver;
    requires static org.jspecify;

    exports io.nationtech.harmony.nameservers;

    provides io.nationtech.harmony.driver.DriverProvider with
            io.nationtech.harmony.nameservers.KnotDriver,
            io.nationtech.harmony.nameservers.UnboundDriver;
}
