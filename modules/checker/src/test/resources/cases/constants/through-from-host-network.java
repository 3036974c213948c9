// A service on its node's network, which goes beside the VPN that it is to go through.
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
    static final PrivateService CARRIED = TORRENT.through(VPN);
    static final PrivateService ON_HOST = «CARRIED.allows(Privilege.HOST_NETWORK, Reason.of("finds peers by multicast"))»; //! container 'torrent' goes through 'vpn', and is on its node's network; leave out one of both
    //= static final PrivateService ON_HOST = TORRENT.allows(Privilege.HOST_NETWORK, Reason.of("finds peers by multicast"));
}
