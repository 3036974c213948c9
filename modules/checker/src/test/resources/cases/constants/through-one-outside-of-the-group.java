// A service that goes through a VPN which is not in its group.
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
    static final PrivateService DB = ContainerService.named(ServiceName.of("db"))
            .image(ImageReference.of("registry.example.org/db:1"))
            .publishesNothing()
            .withoutProbe()
            .memoryLimit(Memory.mebibytes(64));
    static final PrivateService CARRIED = TORRENT.through(VPN);
    static final Object APP = «Together.of(ServiceName.of("app"), CARRIED, DB)»; //! container 'torrent' goes through 'vpn', and the two are not both in group 'app': name both in it
    //= static final Object APP = Together.of(ServiceName.of("app"), CARRIED, DB, VPN);
}
