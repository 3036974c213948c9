// A kernel parameter below zero.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/web:1"))
            .publishes(Port.of(8123))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(256))
            .sysctl(Sysctl.SOMAXCONN, SysctlValue.of(«-1»)); //! -1 is outside 0..65535, which kernel parameters take
    //=     .sysctl(Sysctl.SOMAXCONN, SysctlValue.of(4_096));
}
