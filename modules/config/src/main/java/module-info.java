import org.jspecify.annotations.NullMarked;

/**
 * Typed configuration: a record is the schema, and every value remembers where it came from. Secrets stay references.
 * A module whose records are to be read exports them, or {@code opens} their package to this one.
 */
@NullMarked
module io.nationtech.harmony.config {
    requires io.nationtech.harmony.files;
    requires transitive io.nationtech.harmony.secrets;
    requires static org.jspecify;

    exports io.nationtech.harmony.config;
}
