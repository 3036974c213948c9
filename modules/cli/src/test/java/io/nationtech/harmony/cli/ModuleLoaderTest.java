package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.config.Config;
import io.nationtech.harmony.config.ConfigFile;
import io.nationtech.harmony.config.ConfigSources;
import io.nationtech.harmony.config.Prompt;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.operator.ModuleLoader;
import io.nationtech.harmony.operator.ModuleRefusedException;
import io.nationtech.harmony.operator.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleLoaderTest {
    private static final String PROVIDES = "provides io.nationtech.harmony.domain.DeploymentModule with ";

    private static final SettingsSource NO_SETTINGS = settings(Map.of());

    @TempDir
    Path folder;

    @Test
    void takesTheDeploymentOfAFolderOfClasses() {
        Path classes = new Workshop(folder)
                .compile(
                        "one",
                        "module one { requires io.nationtech.harmony.domain; %s one.A; }".formatted(PROVIDES),
                        site("one", "A", "8080"));

        assertEquals(Examples.WEBSITE, load(classes, List.of()).name());
    }

    @Test
    void takesTheDeploymentOfAJarAndWhatItNeedsFromBesideIt() {
        Path library = new Workshop(folder)
                .compile(
                        "library",
                        "module library { exports library; }",
                        Map.of(
                                "library/Ports.java",
                                "package library; public class Ports { public static final int P = Integer.parseInt(\"8080\"); }"));
        Path classes = new Workshop(folder)
                .compile(
                        "one",
                        "module one { requires io.nationtech.harmony.domain; requires library; %s one.A; }"
                                .formatted(PROVIDES),
                        site("one", "A", "library.Ports.P"),
                        library);
        Workshop.jar(library, folder.resolve("jars/library.jar"));
        Path jar = Workshop.jar(classes, folder.resolve("jars/one.jar"));

        assertEquals(Examples.WEBSITE, load(jar, List.of(jar.getParent())).name());
    }

    @Test
    void refusesAModuleThatProvidesNothing() {
        Path classes = new Workshop(folder).compile("none", "module none { }", Map.of());

        assertRefused(classes, "provides no deployment", "`provides DeploymentModule with …;`");
    }

    @Test
    void refusesAModuleThatProvidesSeveral() {
        Map<String, String> sources = new java.util.HashMap<>(site("two", "A", "8080"));
        sources.putAll(site("two", "B", "8081"));
        Path classes = new Workshop(folder)
                .compile(
                        "two",
                        "module two { requires io.nationtech.harmony.domain; %s two.A, two.B; }".formatted(PROVIDES),
                        sources);

        assertRefused(classes, "provides 2 deployments: two.A, two.B", "one module declares one deployment");
    }

    @Test
    void refusesWhatIsNoModule() throws IOException {
        assertRefused(Files.createDirectory(folder.resolve("empty")), "is no Java module", "module-info.java");
    }

    @Test
    void namesTheLineThatDeclaresWhatCannotBe() {
        Path classes = new Workshop(folder)
                .compile(
                        "bad",
                        "module bad { requires io.nationtech.harmony.domain; %s bad.A; }".formatted(PROVIDES),
                        site("bad", "A", "Integer.getInteger(\"none\", 70000)"));

        assertRefused(classes, "port 70000 is outside 1..65535", "correct it at A.java:10");
    }

    @Test
    void refusesAModuleThatWasCompiledWithTheCheckerSwitchedOff() {
        Path classes = new Workshop(folder)
                .compileUnchecked(
                        "off",
                        "module off { requires io.nationtech.harmony.domain; %s off.A; }".formatted(PROVIDES),
                        site("off", "A", "8080"));

        assertRefused(classes, "was not checked when it was compiled", "harmony-checker:");
    }

    @Test
    void refusesClassFilesOtherThanThoseThatWereChecked() throws IOException {
        Path classes = new Workshop(folder)
                .compile(
                        "one",
                        "module one { requires io.nationtech.harmony.domain; %s one.A; }".formatted(PROVIDES),
                        site("one", "A", "8080"));
        Path others = new Workshop(folder.resolve("others"))
                .compileUnchecked(
                        "one",
                        "module one { requires io.nationtech.harmony.domain; %s one.A; }".formatted(PROVIDES),
                        site("one", "A", "8081"));
        Files.copy(others.resolve("one/A.class"), classes.resolve("one/A.class"), StandardCopyOption.REPLACE_EXISTING);

        assertRefused(classes, "are not those that were checked", "compile it again");
    }

    @Test
    void refusesAModuleOfAnotherCheckersVersion() throws IOException {
        Path classes = new Workshop(folder)
                .compile(
                        "one",
                        "module one { requires io.nationtech.harmony.domain; %s one.A; }".formatted(PROVIDES),
                        site("one", "A", "8080"));
        Path stamp = classes.resolve("META-INF/harmony/checked");
        Files.writeString(stamp, Files.readString(stamp).replaceFirst("^[^ ]+", "0.0.1"));

        assertRefused(classes, "checked by version 0.0.1, and this is", "harmony-checker:");
    }

    @Test
    void saysWhatRulesSayOfTheWholeGraph() {
        Path classes = new Workshop(folder)
                .compile(
                        "one",
                        "module one { requires io.nationtech.harmony.domain; %s one.A; }".formatted(PROVIDES),
                        site("one", "A", "22"));

        assertEquals(
                "one/A.java:9: service 'web' publishes port 22 of its nodes, where people on site reach it by SSH [port-of-the-node]",
                new ModuleLoader(classes, List.of())
                        .load(NO_SETTINGS)
                        .report()
                        .violations()
                        .getFirst()
                        .toString());
    }

    @Test
    void saysWhichModuleIsMissing() {
        Path library = new Workshop(folder).compile("library", "module library { }", Map.of());
        Path classes = new Workshop(folder).compile("lonely", "module lonely { requires library; }", Map.of(), library);

        assertRefused(classes, "Module library not found, required by lonely", "`requires`");
    }

    @Test
    void makesAConfiguredDeploymentWithTheSettingsOfThePlace() {
        ModuleLoader loader = new ModuleLoader(configured(folder), List.of());

        assertEquals(
                DeploymentName.of("shop"),
                loader.load(settings(Map.of("HARMONY_SITE_NAME", "shop")))
                        .deployment()
                        .name());
        assertEquals(
                DeploymentName.of("example"), loader.loadExample().deployment().name());
    }

    @Test
    void refusesAConfiguredDeploymentWithoutItsSettings() {
        ModuleLoader loader = new ModuleLoader(configured(folder), List.of());

        ModuleRefusedException missing =
                assertThrows(ModuleRefusedException.class, () -> loader.load(settings(Map.of())));
        ModuleRefusedException wrong = assertThrows(
                ModuleRefusedException.class, () -> loader.load(settings(Map.of("HARMONY_SITE_NAME", "No Name"))));

        assertTrue(missing.why().what().contains("lacks settings"), missing.why()::what);
        assertTrue(missing.why().what().contains("HARMONY_SITE_NAME"), missing.why()::what);
        assertTrue(wrong.why().what().contains("site.name  INVALID"), wrong.why()::what);
        assertTrue(wrong.why().next().contains("harmony config explain"), wrong.why()::next);
    }

    private static SettingsSource settings(Map<String, String> environment) {
        return new Config(
                new ConfigSources(environment, ConfigFile.at(Path.of("none.conf")), List.of(), Prompt.nobody()))::of;
    }

    /** A module whose deployment has the name that its settings say. */
    static Path configured(Path folder) {
        return new Workshop(folder)
                .compile(
                        "configured",
                        """
                        module configured {
                            requires io.nationtech.harmony.config;
                            opens configured to io.nationtech.harmony.config;
                            %s configured.A;
                        }
                        """.formatted(PROVIDES),
                        Map.of(
                                "configured/SiteConfig.java",
                                """
                                package configured;
                                public record SiteConfig(io.nationtech.harmony.domain.value.DeploymentName name) {}
                                """,
                                "configured/A.java",
                                site("configured", "A", "example", "8080")
                                        .get("configured/A.java")
                                        .replace(
                                                "implements DeploymentModule",
                                                "implements io.nationtech.harmony.config.ConfiguredDeployment<SiteConfig>")
                                        .replace(
                                                "public Deployment<?> deployment() {",
                                                "public SiteConfig example() { return new SiteConfig(DeploymentName.of(\"example\")); }"
                                                        + " public Deployment<?> deployment(SiteConfig settings) {")
                                        .replace("DeploymentName.of(\"example\")).on", "settings.name()).on")),
                        Workshop.ofHost("io.nationtech.harmony.config"),
                        Workshop.ofHost("io.nationtech.harmony.secrets"));
    }

    private static Deployment<?> load(Path own, List<Path> needs) {
        return new ModuleLoader(own, needs).load(NO_SETTINGS).deployment();
    }

    private static void assertRefused(Path own, String what, String next) {
        ModuleRefusedException refusal = assertThrows(ModuleRefusedException.class, () -> load(own, List.of()));

        assertTrue(refusal.why().what().contains(what), refusal.why().what());
        assertTrue(refusal.why().next().contains(next), refusal.why().next());
    }

    private static Map<String, String> site(String module, String type, String port) {
        return site(module, type, "website", port);
    }

    static Map<String, String> site(String module, String type, String deployment, String port) {
        return Map.of("%s/%s.java".formatted(module, type), """
                package %s;
                import io.nationtech.harmony.domain.*;
                import io.nationtech.harmony.domain.capability.ContainerRuntime;
                import io.nationtech.harmony.domain.score.ContainerService;
                import io.nationtech.harmony.domain.value.*;
                public class %s implements DeploymentModule {
                    public Deployment<?> deployment() {
                        var home = Topology.of(TopologyName.of("t"), ContainerRuntime.class, Site.of("home"));
                        var web = ContainerService.named(ServiceName.of("web")).image(ImageReference.of("a.example/b:1"))
                                .publishes(Port.of(%s)).probedAt(HttpPath.of("/")).memoryLimit(Memory.mebibytes(9));
                        return Deployment.named(DeploymentName.of("%s")).on(home).runs(web)
                                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "x"));
                    }
                }
                """.formatted(module, type, port, deployment));
    }
}
