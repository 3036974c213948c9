// The socket of the container engine as a file like any other: who has it is the node's root.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final HostPath SOCKET = HostPath.readOnly(
            «FolderPath.of("/var/run/docker.sock")», //! /var/run/docker.sock of the node cannot be in a container: it is Harmony's or the container engine's own
            //= FolderPath.of("/var/run/dbus"),
            MountPath.of("/var/run/docker.sock"),
            Reason.of("lists containers"));
}
