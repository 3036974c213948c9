// A service that goes through one on its node's network, and would be there too.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService VPN = ContainerService.named(ServiceName.of("vpn"))
            .image(ImageReference.of("registry.example.org/vpn:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final PrivateService TORRENT = ContainerService.named(ServiceName.of("torrent"))
            .image(ImageReference.of("registry.example.org/torrent:1"))
            .publishesNothing()
            .withoutProbe()
            .memoryLimit(Memory.mebibytes(64));
    static final ContainerService ON_HOST = VPN.allows(Privilege.HOST_NETWORK, Reason.of("finds devices by mDNS"));
    static final Object APP = «Together.of(ServiceName.of("app"), ON_HOST, TORRENT.through(VPN))»; //! container 'torrent' goes through 'vpn', which is on its node's network, and would be there too; give 'vpn' a network of its own
    //= static final Object APP = Together.of(ServiceName.of("app"), VPN, TORRENT.through(VPN));
}
