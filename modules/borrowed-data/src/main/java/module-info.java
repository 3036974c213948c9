import org.jspecify.annotations.NullMarked;

/**
 * Data that another deployment keeps, for containers on its node: what authors declare, and what a node does about it. The data is its owner's: nothing
 * here makes, moves, saves or removes it.
 */
@NullMarked
module io.nationtech.harmony.borrowed.data {
    requires io.nationtech.harmony.files;
    requires transitive io.nationtech.harmony.domain;
    requires transitive io.nationtech.harmony.driver;
    requires static org.jspecify;

    exports io.nationtech.harmony.borrowed.data;

    provides io.nationtech.harmony.domain.node.ResourceKind with
            io.nationtech.harmony.borrowed.data.BorrowedDataKind;
    provides io.nationtech.harmony.driver.DriverProvider with
            io.nationtech.harmony.borrowed.data.BorrowedDataDriver;
}
