// No limit: one service takes the whole node. Polaris: memoryLimitsMissing.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(80))
            «.probedAt(HttpPath.of("/"))»; //! incompatible types: ContainerService.ProbedAt cannot be converted to ContainerService
    //=         .probedAt(HttpPath.of("/")).memoryLimit(Memory.mebibytes(64));
}
