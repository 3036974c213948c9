// One must be beside another that is at another site.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime {}

    static ContainerService service(ServiceName name, int port, String image) {
        return ContainerService.named(name)
                .image(ImageReference.of(image))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(512));
    }

    @Override
    public Deployment<?> deployment() {
        var db = service(ServiceName.of("db"), 8081, "registry.example.org/db:1").likes(new Affinity.AtSite(SiteName.of("basel"), Strength.required()));
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").likes(new Affinity.AtSite(SiteName.of("bern"), Strength.required())).likes(new Affinity.Near(new ServiceRef(DeploymentName.of("shop"), ServiceName.of("db")), Scope.SITE, Strength.required())); //! service 'web' has no place on the 4 machines of topology 'lab': it wants 10 mCPU, 512 MiB, port 8080; closest are 'n100' in 'desk': at site bern — stands at site basel, then 'pi5' in 'attic': in a site with shop.db — shop.db is not in its site; ask for less, or promise machines that have it [has-no-place]
        //= var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").likes(new Affinity.AtSite(SiteName.of("basel"), Strength.required())).likes(new Affinity.Near(new ServiceRef(DeploymentName.of("shop"), ServiceName.of("db")), Scope.SITE, Strength.required()));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"), Site.of("bern")).with(new Machines(NodeClassName.of("n100"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Memory.gibibytes(8), Lab.class), new Machines(NodeClassName.of("pi5"), Site.of("bern"), FailureDomain.of("attic"), MachineCount.of(2), Memory.gibibytes(8), Lab.class)); //! the other side of it [has-no-place]
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(db)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
