// A topology whose nodes route nothing.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.ingress;
import module java.base;

class Case {
    interface Lab extends ContainerRuntime, SecretStore {} // what it has
    interface Routed extends ContainerRuntime, TlsRouter, SecretStore {}

    static final HttpsUrl URL = HttpsUrl.of(DnsName.of("photos.home.example"));
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Ingress<«Lab»> IN = Ingress.of(URL, WEB); //! type argument Lab is not within bounds of type-variable C
    //= static final Ingress<Routed> IN = Ingress.of(URL, WEB);
}
