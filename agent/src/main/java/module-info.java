import org.jspecify.annotations.NullMarked;

/**
 * The daemon on every node: wires a node's work to the mesh, the container tool, the disk and the service manager; and operates
 * deployments where it is given any.
 * A composition root: it alone knows these adapters, and nothing requires it.
 */
@NullMarked
module io.nationtech.harmony.agent {
    requires io.nationtech.harmony.node;
    requires io.nationtech.harmony.mesh.nats;
    requires io.nationtech.harmony.fleet.json;
    requires io.nationtech.harmony.journal.mesh;
    requires io.nationtech.harmony.operator;
    requires io.nationtech.harmony.podman;
    requires io.nationtech.harmony.secrets.age;
    requires io.nationtech.harmony.systemd;
    requires static org.jspecify;

    provides System.LoggerFinder with
            io.nationtech.harmony.agent.JournalLoggers;
}
