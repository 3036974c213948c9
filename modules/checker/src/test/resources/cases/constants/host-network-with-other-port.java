// A port of the node that is to be another one inside: on the node's own network nothing maps it.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService HOME = ContainerService.named(ServiceName.of("home"))
            .image(ImageReference.of("registry.example.org/home:1"))
            .publishes(Port.of(8123))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(256))
            .allows(Privilege.HOST_NETWORK, Reason.of("finds devices by mDNS"))
            .publishes(«PublishedPort.tcp(Port.of(8124)).at(Port.of(80))»); //! container 'home' is on its node's network, where the port it listens at is the node's, and publishes 80, in the container 8124; let it listen at port 80, or publish the port that it listens at
    //=     .publishes(PublishedPort.tcp(Port.of(8124)));
}
