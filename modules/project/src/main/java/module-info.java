import org.jspecify.annotations.NullMarked;

/**
 * What a deployment module begins as: its build, its descriptor, its names in Java, and the folder that is written whole or not at all.
 * For new projects, and for what comes from other tools.
 */
@NullMarked
module io.nationtech.harmony.project {
    requires transitive io.nationtech.harmony.domain;
    requires static org.jspecify;

    exports io.nationtech.harmony.project;
}
