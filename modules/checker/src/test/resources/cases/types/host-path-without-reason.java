// A folder of the node without a word why.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final HostPath DBUS = «HostPath.readOnly»(FolderPath.of("/run/dbus"), MountPath.of("/run/dbus")); //! method readOnly in record HostPath cannot be applied to given types;
    //= static final HostPath DBUS = HostPath.readOnly(FolderPath.of("/run/dbus"), MountPath.of("/run/dbus"), Reason.of("asks avahi"));
}
