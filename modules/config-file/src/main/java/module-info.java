import org.jspecify.annotations.NullMarked;

/**
 * Configuration files that containers read: what authors declare, and what a node does about it. A kind of resource like any other
 * module could bring it.
 */
@NullMarked
module io.nationtech.harmony.config.file {
    requires io.nationtech.harmony.files;
    requires transitive io.nationtech.harmony.domain;
    requires transitive io.nationtech.harmony.driver;
    requires static org.jspecify;

    exports io.nationtech.harmony.config.file;

    provides io.nationtech.harmony.domain.node.ResourceKind with
            io.nationtech.harmony.config.file.ConfigFileKind;
    provides io.nationtech.harmony.driver.DriverProvider with
            io.nationtech.harmony.config.file.ConfigFileDriver;
}
