// A container that may have no process cannot start.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64))
            .limits(Limits.DEFAULT.processes(ProcessCount.of(«0»))); //! 0 processes are outside 1..32768
    //=     .limits(Limits.DEFAULT.processes(ProcessCount.of(256)));
}
