import org.jspecify.annotations.NullMarked;

/**
 * Secrets in one encrypted file per environment, and sealed to nodes, in the age format (age-encryption.org/v1, X25519).
 * An adapter: only composition roots use it. The cryptography is Jagged's, over the JDK's own algorithms.
 */
@NullMarked
module io.nationtech.harmony.secrets.age {
    requires io.nationtech.harmony.files;
    requires transitive io.nationtech.harmony.secrets;
    requires com.exceptionfactory.jagged;
    // What jagged.x25519 needs, and has no descriptor to say so.
    requires com.exceptionfactory.jagged.bech32;
    requires com.exceptionfactory.jagged.framework;
    requires com.exceptionfactory.jagged.x25519;
    requires static org.jspecify;

    exports io.nationtech.harmony.secrets.age;
}
