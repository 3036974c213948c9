// Members of a quorum that would share one volume.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Volume DATA = Volume.of(DataName.of("data"), MountPath.of("/var/lib/web"));
    static final Object STORE = QuorumService«.of»(WEB.keeps(DATA)); //! incompatible types: no instance(s) of type variable(s) C exist so that io.nationtech.harmony.domain.score.StatefulService<C> conforms to io.nationtech.harmony.domain.score.ContainerService
    //= static final Object STORE = QuorumService.of(WEB.times(Replicas.of(3)));
}
