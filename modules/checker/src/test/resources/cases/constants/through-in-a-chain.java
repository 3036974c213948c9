// A service that goes through one that goes through a third, and has no network to lend.
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
    static final PrivateService INDEXER = ContainerService.named(ServiceName.of("indexer"))
            .image(ImageReference.of("registry.example.org/indexer:1"))
            .publishesNothing()
            .withoutProbe()
            .memoryLimit(Memory.mebibytes(64));
    static final PrivateService CARRIED = TORRENT.through(VPN);
    static final PrivateService LAST = INDEXER.through(CARRIED);
    static final Object APP = «Together.of(ServiceName.of("app"), VPN, CARRIED, LAST)»; //! container 'indexer' goes through 'torrent', which has no network of its own, as it goes through 'vpn' itself; let both go through that
    //= static final Object APP = Together.of(ServiceName.of("app"), VPN, CARRIED, INDEXER.through(VPN));
}
