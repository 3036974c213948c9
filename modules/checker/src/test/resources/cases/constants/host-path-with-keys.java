// The whole node to look at, with all its keys.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final HostPath ROOT =
            HostPath.readOnly(FolderPath.of("/"), MountPath.of("/host"), Reason.of("measures file systems"));
    static final Object WHOLE = WEB.hostPath(«ROOT»); //! container 'web' has / of its node, in which the node's keys and the data of all others lie; mount a folder that has none, or say .allows(Privilege.NODE_KEYS, …) before
    //= static final Object WHOLE = WEB.allows(Privilege.NODE_KEYS, Reason.of("measures file systems")).hostPath(ROOT);
}
