// The folder in which a node keeps its own key.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final HostPath KEYS = HostPath.readOnly(
            «FolderPath.of("/var/lib/harmony/keys")», //! /var/lib/harmony/keys of the node cannot be in a container: it is Harmony's or the container engine's own
            //= FolderPath.of("/var/lib/prometheus"),
            MountPath.of("/keys"),
            Reason.of("a backup of everything"));
}
