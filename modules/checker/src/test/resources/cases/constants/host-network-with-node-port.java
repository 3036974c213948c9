// A port for the node alone, by a program that chooses itself at which addresses it listens.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64))
            .allows(Privilege.HOST_NETWORK, Reason.of("finds devices by mDNS"))
            .publishes(«PublishedPort.tcp(Port.of(8125)).onNodeOnly()»); //! container 'web' is on its node's network, where it listens at the addresses that it chooses itself, and publishes 8125, from its node only; leave out one of both
    //=     .publishes(PublishedPort.tcp(Port.of(8125)));
}
