// One variable with a text and with a secret.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64))
            .env(EnvName.of("DB_PASSWORD"), EnvText.of("hunter2"));
    static final Score<?> KNOWING = WEB.secretEnv(«EnvName.of("DB_PASSWORD")», SecretRef.of("database")); //! variable DB_PASSWORD of container 'web' has a plain value and the secret one ${database}; leave out one of both
    //= static final Score<?> KNOWING = WEB.secretEnv(EnvName.of("DB_ROOT_PASSWORD"), SecretRef.of("database"));
}
