package io.nationtech.harmony.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.constant.ModuleDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of modules that lie beside a deployment on the class path, as in a build. */
class RulesTest {
    private static final ClassDesc DEPLOYMENT = ClassDesc.of("shop", "Shop");

    @TempDir
    private Path classes;

    /** Somebody's own type of name. */
    public record CameraName(String value) {
        static CameraName of(String value) {
            return new CameraName(value);
        }
    }

    /** Somebody's own rule. */
    public static final class CameraIsBlind implements Rule {
        @Override
        public Stream<Finding> findings(Graph graph) {
            return Stream.of(Finding.of("camera 'door' sees nothing", CameraName.of("door")));
        }
    }

    /** One that fails. */
    public static final class CameraFails implements Rule {
        @Override
        public Stream<Finding> findings(Graph graph) {
            throw new IllegalStateException("no film");
        }
    }

    /** One whose name is taken. */
    public static final class HostPortTwice implements Rule {
        @Override
        public Stream<Finding> findings(Graph graph) {
            return Stream.empty();
        }
    }

    @Test
    void aRuleBesideTheDeploymentIsTriedAndFindsItsOwnNames() throws Exception {
        assertEquals(
                List.of("shop/Shop.java:7: camera 'door' sees nothing [camera-is-blind]"),
                violations(CameraIsBlind.class));
    }

    @Test
    void aRuleThatFailsHasNotBeenKept() throws Exception {
        String said = violations(CameraFails.class).getFirst();

        assertTrue(
                said.contains("the rule itself fails: " + CameraFails.class.getName()
                        + " throws java.lang.IllegalStateException: no film"),
                said);
        assertTrue(said.endsWith("[camera-fails]"), said);
    }

    @Test
    void twoRulesOfOneIdAreRefused() {
        RefusedException refused = assertThrows(RefusedException.class, () -> violations(HostPortTwice.class));

        assertTrue(
                refused.getMessage()
                        .startsWith(
                                "rule 'host-port-twice' is there twice, as io.nationtech.harmony.rules.HostPortTwice and as "
                                        + HostPortTwice.class.getName()),
                refused.getMessage());
    }

    @Test
    void aRuleThatIsNoneIsRefused() {
        RefusedException refused = assertThrows(RefusedException.class, () -> violations(CameraName.class));

        assertTrue(refused.getMessage().contains("a rule beside the deployment cannot be made"), refused.getMessage());
    }

    @Test
    void aScoreThatFailsIsNamed() {
        InvalidValueException refused = assertThrows(InvalidValueException.class, () -> Graph.of(failing()));

        assertTrue(
                refused.getMessage().contains("throws java.lang.IllegalStateException: no film"), refused.getMessage());
    }

    private List<String> violations(Class<?> rule) throws IOException {
        Files.write(
                classes.resolve("module-info.class"),
                ClassFile.of().buildModule(ModuleAttribute.of(ModuleDesc.of("cameras"), module -> {
                    module.requires(ModuleDesc.of("java.base"), 0, null);
                    module.provides(ClassDesc.of(Rule.class.getName()), ClassDesc.of(rule.getName()));
                })));
        Files.createDirectories(classes.resolve("shop"));
        Files.write(classes.resolve("shop/Shop.class"), shop());
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> shop = Class.forName("shop.Shop", false, loader);
            return GraphCheck.check(deployment(), shop, Places.in(ModuleFiles.of(classes), shop)).violations().stream()
                    .map(Violation::toString)
                    .toList();
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** A class that names a camera on its seventh line. */
    private static byte[] shop() {
        ClassDesc camera = ClassDesc.of(CameraName.class.getName());
        return ClassFile.of()
                .build(
                        DEPLOYMENT,
                        shop -> shop.with(SourceFileAttribute.of("Shop.java"))
                                .withMethodBody(
                                        "deployment",
                                        MethodTypeDesc.of(ConstantDescs.CD_void),
                                        ClassFile.ACC_STATIC,
                                        code -> code.lineNumber(5)
                                                .nop()
                                                .lineNumber(7)
                                                .ldc("door")
                                                .invokestatic(
                                                        camera,
                                                        "of",
                                                        MethodTypeDesc.of(camera, ConstantDescs.CD_String))
                                                .pop()
                                                .return_()));
    }

    private static Deployment<?> deployment() {
        ContainerService web = web();
        return Deployment.named(DeploymentName.of("shop"))
                .on(home())
                .runs(web)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }

    private static Deployment<?> failing() {
        ContainerService web = web();
        return Deployment.named(DeploymentName.of("shop"))
                .on(home())
                .runs(web)
                .runs(new Failing(ServiceName.of("door")))
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }

    private record Failing(ServiceName name) implements Score<ContainerRuntime> {
        @Override
        public Expansion expand(DeploymentName deployment, Inventory inventory) {
            throw new IllegalStateException("no film");
        }
    }

    private static Topology<ContainerRuntime> home() {
        return Topology.of(TopologyName.of("home"), ContainerRuntime.class, Site.of("home"));
    }

    private static ContainerService web() {
        return ContainerService.named(ServiceName.of("web"))
                .image(ImageReference.of("registry.internal/web:1"))
                .publishes(Port.of(8080))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(64));
    }
}
