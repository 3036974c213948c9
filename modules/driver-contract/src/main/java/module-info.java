import org.jspecify.annotations.NullMarked;

/**
 * What every kind of resource and every driver must pass, Harmony's own and others'. For tests only.
 */
@NullMarked
module io.nationtech.harmony.driver.contract {
    requires transitive io.nationtech.harmony.driver;
    requires transitive org.junit.jupiter.api;
    requires io.nationtech.harmony.form;
    requires static org.jspecify;

    exports io.nationtech.harmony.driver.contract;
}
