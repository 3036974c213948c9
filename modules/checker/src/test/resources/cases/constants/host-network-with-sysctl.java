// A parameter of the kernel for a network that is the node's own: it would change it for everything there.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/web:1"))
            .publishes(Port.of(8123))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(256))
            .sysctl(Sysctl.IP_FORWARD, SysctlValue.of(1));
    static final ContainerService ON_HOST = «WEB.allows(Privilege.HOST_NETWORK, Reason.of("finds devices by mDNS"))»; //! container 'web' is on its node's network, and sets net.ipv4.ip_forward, which would change it for the whole node; leave out one of both
    //= static final ContainerService ON_HOST = WEB.allows(Privilege.NET_ADMIN, Reason.of("routes for others"));
}
