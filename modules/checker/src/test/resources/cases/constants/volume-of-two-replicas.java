// Two replicas of a volume that one node only can mount (kube-score: a deployment with ReadWriteOnce claims and replicas).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Volume DATA = Volume.of(DataName.of("data"), MountPath.of("/var/lib/web"));
    static final Object TWICE = WEB.replicas(Replicas.of(2)).volumes(«DATA»); //! service 'web' keeps volume 'data', which is on one node, and runs 2 times; run it once, or without it
    //= static final Object ONCE = WEB.volumes(DATA);
}
