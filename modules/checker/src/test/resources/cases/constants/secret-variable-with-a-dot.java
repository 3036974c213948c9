// A secret in a variable that shells have none of.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/search:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Score<?> KNOWING = WEB.env(EnvName.of("discovery.type"), EnvText.of("single-node")).secretEnv(«EnvName.of("bootstrap.password")», SecretRef.of("bootstrap")); //! variable bootstrap.password has a '.' in its name, and shells, which put secrets into an environment, have none such; let the program read /run/secrets/<name> by secrets(…)
    //= static final Score<?> KNOWING = WEB.env(EnvName.of("discovery.type"), EnvText.of("single-node")).secrets(SecretRef.of("bootstrap"));
}
