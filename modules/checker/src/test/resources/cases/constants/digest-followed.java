// What is named by digest never is another image.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ImageUpdates NIGHTLY = ImageUpdates.daily();
    static final ContainerService PINNED = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final ContainerService TAGGED = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final ContainerService WEB = PINNED.updates(«NIGHTLY»); //! container 'web' is to follow the tag of its image, and 'registry.example.org/site@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef' names that very image for good; name a tag instead
    //= static final ContainerService WEB = TAGGED.updates(NIGHTLY);
}
