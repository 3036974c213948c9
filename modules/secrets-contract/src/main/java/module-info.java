import org.jspecify.annotations.NullMarked;

/**
 * What every adapter of the secrets port must pass, and a search for values that leaked. For tests only.
 */
@NullMarked
module io.nationtech.harmony.secrets.contract {
    requires transitive io.nationtech.harmony.secrets;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports io.nationtech.harmony.secrets.contract;
}
