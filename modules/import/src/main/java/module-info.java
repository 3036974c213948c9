import org.jspecify.annotations.NullMarked;

/**
 * What other tools' files declare becomes a deployment module: compose files and quadlets are read, and Java is written. Runs and fetches
 * nothing, and never repeats the value of a secret.
 */
@NullMarked
module io.nationtech.harmony.importer {
    requires transitive io.nationtech.harmony.domain;
    requires io.nationtech.harmony.config.file;
    requires io.nationtech.harmony.docker.socket;
    requires io.nationtech.harmony.project;
    requires io.nationtech.harmony.rules;
    requires org.snakeyaml.engine;
    requires static org.jspecify;

    exports io.nationtech.harmony.importer;
}
