// Every page has nothing in it.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final HttpSmokeTest EMPTY = HttpSmokeTest.of(WEB, HttpPath.of("/"), «""»); //! the smoke test of service 'web' looks for '', which any page passes; name a text of the page
    //= static final HttpSmokeTest EMPTY = HttpSmokeTest.of(WEB, HttpPath.of("/"), "Welcome");
}
