// An address with a password in it, where everybody on the node may read it.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Score<?> KNOWING = WEB«.env»(EnvName.of("DATABASE_URL"), SecretText.of(EnvText.of("postgres://app:")).inUrl(SecretRef.of("database"))); //! no suitable method found for env(EnvName,SecretText)
    //= static final Score<?> KNOWING = WEB.secretEnv(EnvName.of("DATABASE_URL"), SecretText.of(EnvText.of("postgres://app:")).inUrl(SecretRef.of("database")));
}
