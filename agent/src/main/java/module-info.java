import org.jspecify.annotations.NullMarked;

/**
 * The daemon on every node: wires a node's work to the mesh, the container tool, the disk and the service manager; and operates
 * deployments where it is given any.
 * A composition root: it alone knows these adapters, and nothing requires it.
 */
@NullMarked
module io.nationtech.harmony.agent {
    requires io.nationtech.harmony.files;
    requires io.nationtech.harmony.node;
    requires io.nationtech.harmony.mesh.nats;
    requires io.nationtech.harmony.nats.identity;
    requires io.nationtech.harmony.fleet.json;
    requires io.nationtech.harmony.journal.mesh;
    requires io.nationtech.harmony.operator;
    requires io.nationtech.harmony.podman;
    requires io.nationtech.harmony.containers;
    requires io.nationtech.harmony.form;
    requires io.nationtech.harmony.secrets.age;
    requires io.nationtech.harmony.secrets.openbao;
    requires io.nationtech.harmony.systemd;
    requires io.nationtech.harmony.disks;
    requires io.nationtech.harmony.os.update;
    requires io.nationtech.harmony.hardware.detection;
    requires static org.jspecify;

    // Kinds of resources beside containers; found as services.
    requires io.nationtech.harmony.borrowed.data;
    requires io.nationtech.harmony.config.file;
    requires io.nationtech.harmony.haproxy;
    requires io.nationtech.harmony.nameservers;
    requires io.nationtech.harmony.restic;

    // What finds hardware. Nothing here calls them: they are found as services, and a runtime has only what is
    // required.
    requires io.nationtech.harmony.hardware.camera;
    requires io.nationtech.harmony.hardware.cpu;
    requires io.nationtech.harmony.hardware.gpio;
    requires io.nationtech.harmony.hardware.gpu;
    requires io.nationtech.harmony.hardware.memory;
    requires io.nationtech.harmony.hardware.network;
    requires io.nationtech.harmony.hardware.pci;
    requires io.nationtech.harmony.hardware.platform;
    requires io.nationtech.harmony.hardware.power;
    requires io.nationtech.harmony.hardware.storage;
    requires io.nationtech.harmony.hardware.tpm;
    requires io.nationtech.harmony.hardware.usb;

    provides io.nationtech.harmony.driver.DriverProvider with
            io.nationtech.harmony.agent.ContainerDrivers;
    provides System.LoggerFinder with
            io.nationtech.harmony.agent.JournalLoggers;
}
