// The URL itself as the value of a variable.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.ingress;
import module java.base;

class Case {
    static final HttpsUrl URL = HttpsUrl.of(DnsName.of("photos.home.example"));
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final ContainerService TOLD = WEB.env(EnvName.of("BASE_URL"), «URL»); //! no suitable method found for env(EnvName,HttpsUrl)
    //= static final ContainerService TOLD = WEB.env(EnvName.of("BASE_URL"), URL.text());
}
