package io.nationtech.harmony.hexagon;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built module graph is the hexagon, and the rule that says so finds what is not. */
class HexagonTest {
    private static final Hexagon HEXAGON = new Hexagon(House.PREFIX, House.MODULES);

    @TempDir
    private Path folder;

    @Test
    void theBuiltModulesKeepTheRule() throws IOException {
        assertEquals(List.of(), HEXAGON.violations(built()), "edges that the hexagon does not have");
    }

    @Test
    void everyMavenModuleWithMainCodeIsOneModuleOfOurs() throws IOException {
        List<Path> modules = Reactor.here().withMainCode();
        assertTrue(modules.size() >= 8, modules::toString);
        assertAll(modules.stream().map(module -> () -> {
            Path classes = module.resolve("target/classes");
            Set<String> found = names(ModuleFinder.of(classes));
            assertTrue(
                    found.size() == 1 && found.iterator().next().startsWith(House.PREFIX),
                    () -> "%s has %s, not one module named %s*: give it a module-info.java, and build it before this"
                            .formatted(classes, found, House.PREFIX));
        }));
    }

    @Test
    void whereTheGraphIsBadTheRuleNamesTheEdge() throws IOException {
        List<ModuleDescriptor> bad = withCompiled("""
                module io.nationtech.harmony.node { requires io.nats.jnats; }
                """, "module io.nats.jnats {}");

        List<String> violations = HEXAGON.violations(bad);

        assertEquals(1, violations.size(), violations::toString);
        assertTrue(
                violations
                        .getFirst()
                        .startsWith("io.nationtech.harmony.node (APPLICATION) requires io.nats.jnats, a library"),
                violations::toString);
    }

    @Test
    void anApplicationModuleThatKnowsAnAdapterIsNamed() throws IOException {
        List<ModuleDescriptor> bad = withCompiled("""
                module io.nationtech.harmony.engine { requires io.nationtech.harmony.mesh.nats; }
                """, "module io.nationtech.harmony.mesh.nats {}");

        List<String> violations = HEXAGON.violations(bad);

        assertEquals(1, violations.size(), violations::toString);
        assertTrue(
                violations
                        .getFirst()
                        .startsWith(
                                "io.nationtech.harmony.engine (APPLICATION) requires io.nationtech.harmony.mesh.nats (ADAPTER), which only [COMPOSITION_ROOT] may"),
                violations::toString);
    }

    @Test
    void aDomainThatNeedsMoreThanTheBaseIsNamed() {
        ModuleDescriptor domain = ModuleDescriptor.newModule("io.nationtech.harmony.domain")
                .requires("java.base")
                .requires(Set.of(ModuleDescriptor.Requires.Modifier.STATIC), "org.jspecify")
                .requires("java.logging")
                .build();

        assertEquals(
                List.of("io.nationtech.harmony.domain (DOMAIN) requires java.logging; it may require java.base only."),
                firstSentences(domain));
    }

    @Test
    void aModuleWithoutRoleIsToldWhereToGiveItOne() {
        List<String> violations = HEXAGON.violations(List.of(
                ModuleDescriptor.newModule("io.nationtech.harmony.dashboard").build()));

        assertEquals(1, violations.size());
        assertTrue(violations.getFirst().contains("give it a line in House.MODULES"), violations::toString);
    }

    @Test
    void anAdapterThroughWhichItsLibraryShowsIsNamed() {
        ModuleDescriptor adapter = ModuleDescriptor.newModule("io.nationtech.harmony.mesh.nats")
                .requires(Set.of(ModuleDescriptor.Requires.Modifier.TRANSITIVE), "io.nats.jnats")
                .build();
        ModuleDescriptor wide = ModuleDescriptor.newModule("io.nationtech.harmony.podman")
                .exports("io.nationtech.harmony.podman")
                .exports("io.nationtech.harmony.podman.units")
                .build();

        assertTrue(HEXAGON.violations(List.of(adapter)).toString().contains("lets [io.nats.jnats] show through"));
        assertTrue(HEXAGON.violations(List.of(wide)).toString().contains("exports its own package at most"));
    }

    @Test
    void aPackageOfAnotherNameIsNamed() {
        ModuleDescriptor module = ModuleDescriptor.newModule("io.nationtech.harmony.engine")
                .packages(Set.of("io.nationtech.harmony.engine", "io.nationtech.harmony.engines", "com.example"))
                .build();

        assertEquals(2, HEXAGON.violations(List.of(module)).size());
    }

    @Test
    void aLibraryOfThePlatformIsNoVendors() {
        ModuleDescriptor engine = ModuleDescriptor.newModule("io.nationtech.harmony.engine")
                .requires("java.net.http")
                .requires("io.nationtech.harmony.fleet")
                .build();

        assertEquals(List.of(), HEXAGON.violations(List.of(engine)));
    }

    private static List<String> firstSentences(ModuleDescriptor module) {
        return HEXAGON.violations(List.of(module)).stream()
                .map(text -> text.substring(0, text.indexOf(". ") + 1))
                .toList();
    }

    /** The graph as built, but with the first module compiled anew from this source; the other is what it requires. */
    private List<ModuleDescriptor> withCompiled(String source, String required) throws IOException {
        Path sources = folder.resolve("sources");
        for (String text : List.of(source, required)) {
            String name = text.strip().split(" ")[1];
            Path module = Files.createDirectories(sources.resolve(name));
            Files.writeString(module.resolve("module-info.java"), text);
        }
        StringWriter messages = new StringWriter();
        PrintWriter out = new PrintWriter(messages, true);
        String changed = source.strip().split(" ")[1];
        Path compiled = folder.resolve("compiled");
        int exit = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        out,
                        out,
                        "--module-source-path",
                        sources.toString(),
                        "-d",
                        compiled.toString(),
                        "--module",
                        changed);
        assertEquals(0, exit, messages::toString);

        List<ModuleDescriptor> graph = new ArrayList<>(built());
        graph.removeIf(module -> module.name().equals(changed));
        ModuleFinder.of(compiled.resolve(changed)).findAll().stream()
                .map(ModuleReference::descriptor)
                .forEach(graph::add);
        return graph;
    }

    private static List<ModuleDescriptor> built() throws IOException {
        return Reactor.here().withMainCode().stream()
                .map(module -> module.resolve("target/classes"))
                .flatMap(classes -> ModuleFinder.of(classes).findAll().stream())
                .map(ModuleReference::descriptor)
                .toList();
    }

    private static Set<String> names(ModuleFinder finder) {
        return Stream.of(finder)
                .flatMap(each -> each.findAll().stream())
                .map(reference -> reference.descriptor().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
