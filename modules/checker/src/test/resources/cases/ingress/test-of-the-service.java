// A smoke test by name of a service that has none.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.ingress;
import module java.base;

class Case {
    interface Lab extends ContainerRuntime, TlsRouter, SecretStore {}

    static final HttpsUrl URL = HttpsUrl.of(DnsName.of("photos.home.example"));
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Ingress<Lab> IN = Ingress.of(URL, WEB);
    static final HttpsSmokeTest TEST = HttpsSmokeTest.of(«WEB», HttpPath.of("/"), "Welcome"); //! incompatible types: ContainerService cannot be converted to Ingress<?>
    //= static final HttpsSmokeTest TEST = HttpsSmokeTest.of(IN, HttpPath.of("/"), "Welcome");
}
