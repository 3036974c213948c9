// A builder in a method of one's own.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static ContainerService service(String name, int port) {
        var both = Port.of(port);
        return ContainerService.named(ServiceName.of(name))
                .image(ImageReference.of("registry.example.org/" + name + ":1"))
                .publishes(both)
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(64));
    }

    static final ContainerService WEB = service("web", «80_800»); //! port 80800 is outside 1..65535
    //= static final ContainerService WEB = service("web", 8080);
}
