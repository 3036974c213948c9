// A secret in the environment that everybody on the node may read.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Score<?> KNOWING = WEB«.env»(EnvName.of("DB_PASSWORD"), SecretRef.of("database")); //! no suitable method found for env(EnvName,SecretRef)
    //= static final Score<?> KNOWING = WEB.secretEnv(EnvName.of("DB_PASSWORD"), SecretRef.of("database"));
}
