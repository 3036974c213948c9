// A service with secrets in its environment takes no more words of services: plain variables are said before.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Score<?> KNOWING = WEB.secretEnv(EnvName.of("DB_PASSWORD"), SecretRef.of("database"))«.env»(EnvName.of("TZ"), EnvText.of("UTC")); //! cannot find symbol: method env(EnvName,EnvText)
    //= static final Score<?> KNOWING = WEB.env(EnvName.of("TZ"), EnvText.of("UTC")).secretEnv(EnvName.of("DB_PASSWORD"), SecretRef.of("database"));
}
