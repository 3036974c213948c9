import org.jspecify.annotations.NullMarked;

/**
 * Secret values, and what keeps them: get, put, rotate and list by reference; sealing for one node's eyes.
 * A port: adapters implement {@link io.nationtech.harmony.secrets.Secrets}, and pass the tests of secrets-contract.
 */
@NullMarked
module io.nationtech.harmony.secrets {
    requires transitive io.nationtech.harmony.domain;
    requires static org.jspecify;

    exports io.nationtech.harmony.secrets;
}
