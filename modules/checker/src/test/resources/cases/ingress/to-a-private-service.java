// A name for a service that nobody can reach.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.ingress;
import module java.base;

class Case {
    interface Lab extends ContainerRuntime, TlsRouter, SecretStore {}

    static final HttpsUrl URL = HttpsUrl.of(DnsName.of("photos.home.example"));
    static final PrivateService WORKER = ContainerService.named(ServiceName.of("worker"))
            .image(ImageReference.of("registry.example.org/worker:1"))
            .publishesNothing()
            .withoutProbe()
            .memoryLimit(Memory.mebibytes(64));
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Ingress<Lab> IN = Ingress.of(URL, «WORKER»); //! incompatible types: PrivateService cannot be converted to ContainerService
    //= static final Ingress<Lab> IN = Ingress.of(URL, WEB);
}
