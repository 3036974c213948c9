package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.operator.DeploymentFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentFolderTest {
    @TempDir
    Path scratch;

    @Test
    void aFolderThatIsNotThereHasNoDeployments() {
        assertEquals(new DeploymentFolder(List.of(), List.of()), DeploymentFolder.read(scratch.resolve("none")));
    }

    @Test
    void whatCannotBeTakenIsToldAndLeavesTheOthersAlone() throws Exception {
        Path folder = Files.createDirectory(scratch.resolve("operate"));
        module(folder, "good", "website", "8080");
        module(folder, "ssh", "other", "22");
        module(folder, "twin", "website", "8081");
        Workshop.jar(
                new Workshop(scratch).compile("library", "module library { }", Map.of()),
                folder.resolve("library.jar"));
        Files.writeString(folder.resolve("broken.jar"), "no jar at all");
        Files.writeString(folder.resolve("readme.txt"), "no jar");

        DeploymentFolder read = DeploymentFolder.read(folder);

        assertEquals(
                List.of("website"),
                read.deployments().stream()
                        .map(module -> module.deployment().name().value())
                        .toList());
        List<String> problems = read.problems().stream().map(Cause::toString).toList();
        assertEquals(3, problems.size(), problems.toString());
        assertTrue(
                problems.get(0).contains("is not a module") && problems.get(0).contains("broken.jar"), problems.get(0));
        assertTrue(problems.get(1).contains("breaks 1 of the rules"), problems.get(1));
        assertTrue(problems.get(2).contains("deployment 'website', as good.jar does"), problems.get(2));
    }

    @Test
    void theSettingsOfAJarLieBesideIt() throws Exception {
        Path folder = Files.createDirectory(scratch.resolve("operate"));
        Path jar = Workshop.jar(ModuleLoaderTest.configured(scratch), folder.resolve("shop.jar"));

        DeploymentFolder without = DeploymentFolder.read(folder);
        Files.writeString(folder.resolve("shop.conf"), "site.name = shop\n");
        DeploymentFolder with = DeploymentFolder.read(folder);

        assertEquals(List.of(), without.deployments());
        Cause problem = without.problems().getFirst();
        assertTrue(problem.what().contains("site.name") && problem.where().equals(jar.toString()), problem::toString);
        assertEquals(List.of(), with.problems());
        assertEquals("shop", with.deployments().getFirst().deployment().name().value());
    }

    private void module(Path folder, String name, String deployment, String port) {
        Path classes = new Workshop(scratch)
                .compile(
                        name,
                        "module %s { requires io.nationtech.harmony.domain; provides io.nationtech.harmony.domain.DeploymentModule with %1$s.A; }"
                                .formatted(name),
                        ModuleLoaderTest.site(name, "A", deployment, port));
        Workshop.jar(classes, folder.resolve(name + ".jar"));
    }
}
