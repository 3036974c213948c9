import org.jspecify.annotations.NullMarked;

/**
 * A node's side of convergence: hears what the node should have, keeps that on disk, makes it so again and again, and reports.
 * Works from its disk while the mesh is away. Knows no kind of resource by name, no tool and no mesh adapter.
 */
@NullMarked
module io.nationtech.harmony.node {
    requires io.nationtech.harmony.files;
    requires io.nationtech.harmony.programs;
    requires transitive io.nationtech.harmony.driver;
    requires transitive io.nationtech.harmony.fleet;
    requires transitive io.nationtech.harmony.secrets;
    requires static org.jspecify;

    exports io.nationtech.harmony.node;

    uses io.nationtech.harmony.driver.DriverProvider;
}
