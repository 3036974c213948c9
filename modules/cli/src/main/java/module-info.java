import org.jspecify.annotations.NullMarked;

/**
 * The command line: wires the engine to the mesh over NATS and shows people what comes of it.
 * A composition root; nothing uses it.
 */
@NullMarked
module io.nationtech.harmony.cli {
    requires io.nationtech.harmony.catalogue;
    requires io.nationtech.harmony.certificates;
    requires io.nationtech.harmony.disks;
    requires io.nationtech.harmony.files;
    requires io.nationtech.harmony.fleet.json;
    requires io.nationtech.harmony.form;
    requires io.nationtech.harmony.importer;
    requires io.nationtech.harmony.journal.mesh;
    requires io.nationtech.harmony.mesh.nats;
    requires io.nationtech.harmony.nats.identity;
    requires io.nationtech.harmony.config;
    requires io.nationtech.harmony.secrets.age;
    requires io.nationtech.harmony.secrets.openbao;
    requires io.nationtech.harmony.operator;
    requires io.nationtech.harmony.project;
    requires io.nationtech.harmony.registry;
    requires io.nationtech.harmony.seed;
    requires info.picocli;
    requires org.apache.commons.codec;

    // Kinds of resources that everybody may deploy.
    requires io.nationtech.harmony.backup;
    requires io.nationtech.harmony.borrowed.data;
    requires io.nationtech.harmony.docker.socket;
    requires io.nationtech.harmony.endpoint;
    requires io.nationtech.harmony.ingress;
    requires io.nationtech.harmony.resolver;
    requires tools.jackson.jr.ob;
    requires static org.jspecify;

    // picocli sets annotated fields by reflection.
    opens io.nationtech.harmony.cli to
            info.picocli;
}
