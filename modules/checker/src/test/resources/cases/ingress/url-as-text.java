// A URL as a text.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.ingress;
import module java.base;

class Case {
    interface Lab extends ContainerRuntime, TlsRouter, SecretStore {}

    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Ingress<Lab> IN = Ingress.of(«"https://photos.home.example"», WEB); //! incompatible types: String cannot be converted to HttpsUrl
    //= static final Ingress<Lab> IN = Ingress.of(HttpsUrl.of(DnsName.of("photos.home.example")), WEB);
}
