// The name of the secret where the name of the variable belongs.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Score<?> KNOWING = WEB.secretEnv(EnvName.of(«"db-password"»), SecretRef.of("db-password")); //! 'db-password' is not the name of an environment variable: use up to 128 letters, digits, '_' and '.', as in TZ
    //= static final Score<?> KNOWING = WEB.secretEnv(EnvName.of("DB_PASSWORD"), SecretRef.of("db-password"));
}
