import org.jspecify.annotations.NullMarked;

/**
 * Issues X.509 certificates, which the platform reads and checks but cannot write.
 * Knows nothing of Harmony.
 */
@NullMarked
module io.nationtech.harmony.certificates {
    requires static org.jspecify;

    exports io.nationtech.harmony.certificates;
}
