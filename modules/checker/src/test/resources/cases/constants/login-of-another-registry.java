// A password that would be told to somebody else.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final RegistryLogin ELSEWHERE = RegistryLogin.of(RegistryHost.of("registry.example.net"), SecretRef.of("registry"));
    static final RegistryLogin LOGIN = RegistryLogin.of(RegistryHost.of("registry.example.org"), SecretRef.of("registry"));
    static final Object PRIVATE = WEB.with(«ELSEWHERE»); //! score 'web' logs in at registry 'registry.example.net', and has no image of it: registry.example.org/site:1
    //= static final Object PRIVATE = WEB.with(LOGIN);
}
