package io.nationtech.harmony.project;

import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A project to begin with: one deployment of one service that any node can run, and one test. It builds and passes every rule as it is.
 *
 * @param name of its deployment, and so of its artifact; its package and its class are named after it
 * @param version of Harmony
 */
public record NewProject(DeploymentName name, String version) {
    /** What the deployment uses by its simple name. */
    private static final Set<String> TAKEN = Set.of(
            "Arguments",
            "ContainerRuntime",
            "ContainerService",
            "Deployment",
            "DeploymentModule",
            "DeploymentName",
            "HttpPath",
            "HttpSmokeTest",
            "ImageReference",
            "Memory",
            "Port",
            "ServiceName",
            "Site",
            "Test",
            "Topology",
            "TopologyName");

    private static final String MODULE = """
            import io.nationtech.harmony.domain.DeploymentModule;

            /** What runs on my own machines. */
            module ${package} {
                requires io.nationtech.harmony.domain;

                provides DeploymentModule with
                        ${package}.${type};
            }
            """;

    private static final String DEPLOYMENT = """
            package ${package};

            import io.nationtech.harmony.domain.Deployment;
            import io.nationtech.harmony.domain.DeploymentModule;
            import io.nationtech.harmony.domain.HttpSmokeTest;
            import io.nationtech.harmony.domain.Site;
            import io.nationtech.harmony.domain.Topology;
            import io.nationtech.harmony.domain.capability.ContainerRuntime;
            import io.nationtech.harmony.domain.score.ContainerService;
            import io.nationtech.harmony.domain.value.Arguments;
            import io.nationtech.harmony.domain.value.DeploymentName;
            import io.nationtech.harmony.domain.value.HttpPath;
            import io.nationtech.harmony.domain.value.ImageReference;
            import io.nationtech.harmony.domain.value.Memory;
            import io.nationtech.harmony.domain.value.Port;
            import io.nationtech.harmony.domain.value.ServiceName;
            import io.nationtech.harmony.domain.value.TopologyName;

            /** A page that tells which machine answers. */
            public final class ${type} implements DeploymentModule {

                /** What every machine at home can do. */
                interface Home extends ContainerRuntime {}

                @Override
                public Deployment<Home> deployment() {
                    var home = Topology.of(TopologyName.of("home"), Home.class, Site.of("home"));
                    var hello = ContainerService.named(ServiceName.of("hello"))
                            .image(ImageReference.of("docker.io/traefik/whoami:v1.11.0"))
                            .publishes(Port.of(8080))
                            .probedAt(HttpPath.of("/health"))
                            .memoryLimit(Memory.mebibytes(32))
                            .args(Arguments.of("--port", "8080"));
                    return Deployment.named(DeploymentName.of("${name}"))
                            .on(home)
                            .runs(hello)
                            .provenBy(HttpSmokeTest.of(hello, HttpPath.of("/"), "Hostname: hello"));
                }
            }
            """;

    private static final String TEST = """
            package ${package};

            import static org.junit.jupiter.api.Assertions.assertEquals;

            import io.nationtech.harmony.domain.Site;
            import java.util.List;
            import org.junit.jupiter.api.Test;

            class ${type}Test {

                /** The compiler and the rules have checked the rest: here stands what only you know. */
                @Test
                void runsAtHomeAlone() {
                    assertEquals(
                            List.of(Site.of("home")),
                            new ${type}().deployment().topology().sites());
                }
            }
            """;

    private static final String README = """
            # ${name}

            What runs on my own machines, declared in [${type}.java](src/main/java/${package}/${type}.java).

            | | |
            |---|---|
            | `mvn package` | compiles, checks and tests it (JDK 25) |
            | `harmony check .` | compiles and checks it |
            | `harmony plan .` | shows what a deploy would change |
            | `harmony deploy .` | makes it so, and proves it |
            | `harmony add` | lists applications that can be added, as modules below `modules/` |
            """;

    /** Its files. */
    public ProjectFiles files() {
        String type = JavaNames.type(name.value(), TAKEN);
        String folder = JavaNames.part(name.value());
        Map<String, String> texts = new TreeMap<>();
        texts.put("pom.xml", new Pom(folder, name.value(), version, List.of("harmony-domain")).alone());
        texts.put(".gitignore", "/target/\n");
        texts.put("README.md", filled(README, folder, type));
        texts.put("src/main/java/module-info.java", filled(MODULE, folder, type));
        texts.put("src/main/java/%s/%s.java".formatted(folder, type), filled(DEPLOYMENT, folder, type));
        texts.put("src/test/java/%s/%sTest.java".formatted(folder, type), filled(TEST, folder, type));
        return new ProjectFiles(new TreeMap<>(texts));
    }

    private String filled(String template, String packageName, String type) {
        return template.replace("${package}", packageName)
                .replace("${type}", type)
                .replace("${name}", name.value());
    }
}
