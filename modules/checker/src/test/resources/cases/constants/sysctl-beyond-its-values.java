// A switch of the kernel that takes 0 and 1.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/web:1"))
            .publishes(Port.of(8123))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(256))
            .sysctl(Sysctl.IP_FORWARD, «SysctlValue.of(2)»); //! net.ipv4.ip_forward is set to 2, and takes 0 to 1
    //=     .sysctl(Sysctl.IP_FORWARD, SysctlValue.of(1));
}
