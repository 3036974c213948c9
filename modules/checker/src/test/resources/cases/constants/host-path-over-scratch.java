// A folder of the node where the container has one in memory.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final HostPath DBUS =
            HostPath.readOnly(FolderPath.of("/run/dbus"), MountPath.of("/run/dbus"), Reason.of("asks avahi"));
    static final Object WHOLE = WEB.scratch(MountPath.of("/run/dbus"), Memory.mebibytes(8)).hostPath(«DBUS»); //! /run/dbus of the node is to be at /run/dbus, where the container has something else already
    //= static final Object WHOLE = WEB.scratch(MountPath.of("/run/other"), Memory.mebibytes(8)).hostPath(DBUS);
}
