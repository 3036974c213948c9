// A container where the mesh is.
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
        var web = service(ServiceName.of("web"), 4222, "registry.example.org/web:1"); //! service 'web' publishes port 4222 of its nodes, where the mesh is reached [port-of-the-node]
        //= var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1");
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
