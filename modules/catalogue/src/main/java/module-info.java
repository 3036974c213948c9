import org.jspecify.annotations.NullMarked;

/**
 * Applications that many people run, each a deployment as an expert writes it, one package each; and how one becomes a module of a project of one's own.
 * Nobody runs them from here: what a project gets is their source.
 */
@NullMarked
module io.nationtech.harmony.catalogue {
    requires transitive io.nationtech.harmony.domain;
    requires io.nationtech.harmony.config.file;
    requires io.nationtech.harmony.endpoint;
    requires io.nationtech.harmony.ingress;
    requires io.nationtech.harmony.project;
    requires static org.jspecify;

    exports io.nationtech.harmony.catalogue;
}
