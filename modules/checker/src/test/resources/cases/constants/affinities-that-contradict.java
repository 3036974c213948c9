// A place at two sites at once.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService.ProbedAt WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/web:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"));
    static final Object ALL = WEB.memoryLimit(Memory.mebibytes(64)).likes(new Affinity.AtSite(SiteName.of("basel"), Strength.required())).likes(«new Affinity.AtSite(SiteName.of("bern"), Strength.required())»); //! service 'web' asks for a place that cannot be: 'at site basel' and 'at site bern' contradict each other: a node stands at one site
    //= static final Object ALL = WEB.memoryLimit(Memory.mebibytes(64)).likes(new Affinity.AtSite(SiteName.of("basel"), Strength.required())).likes(new Affinity.AtSite(SiteName.of("bern"), Strength.preferred(10)));
}
