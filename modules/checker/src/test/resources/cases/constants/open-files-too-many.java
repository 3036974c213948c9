// More files than the kernel allows a process are refused by podman when the container starts.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService SEARCH = ContainerService.named(ServiceName.of("search"))
            .image(ImageReference.of("registry.example.org/search:1"))
            .publishes(Port.of(9200))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.gibibytes(1))
            .limits(Limits.DEFAULT.openFiles(FileCount.of(«2_000_000»))); //! 2000000 open files are outside 16..1048576
    //=     .limits(Limits.DEFAULT.openFiles(FileCount.of(262_144)));
}
