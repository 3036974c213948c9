// Shared memory counts against the memory limit: a database that fills it would be ended by the kernel.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService DB = ContainerService.named(ServiceName.of("db"))
            .image(ImageReference.of("registry.example.org/db:1"))
            .publishes(Port.of(5432))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(256))
            .limits(«Limits.DEFAULT.sharedMemory(Memory.gibibytes(1))»); //! 1 GiB of shared memory is more than the memory limit, 256 MiB, of which it is a part
    //=     .limits(Limits.DEFAULT.sharedMemory(Memory.mebibytes(128)));
}
