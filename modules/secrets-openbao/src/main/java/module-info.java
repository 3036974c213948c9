import org.jspecify.annotations.NullMarked;

/**
 * Secrets in OpenBao, or in Vault, by the HTTP API of the KV secrets engine, version 2.
 * An adapter: only composition roots use it.
 */
@NullMarked
module io.nationtech.harmony.secrets.openbao {
    requires transitive io.nationtech.harmony.secrets;
    requires java.net.http;
    requires tools.jackson.jr.ob;
    requires static org.jspecify;

    exports io.nationtech.harmony.secrets.openbao;
}
