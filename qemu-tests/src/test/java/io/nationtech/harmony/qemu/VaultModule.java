package io.nationtech.harmony.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The deployment of {@code src/test/resources/vault}, compiled as a build does, with the checker. */
final class VaultModule {
    private VaultModule() {}

    static Path jar(Path folder) {
        Path project = Program.project();
        Path sources = project.resolve("qemu-tests/src/test/resources/vault");
        Path classes = folder.resolve("vault-classes");
        Path jar = folder.resolve("vault.jar");
        run(
                "javac",
                "-d",
                classes.toString(),
                "--module-path",
                Stream.of("domain", "ingress", "rules", "placement")
                        .map(module -> project.resolve("modules/" + module + "/target/classes")
                                .toString())
                        .collect(Collectors.joining(File.pathSeparator)),
                "--processor-path",
                project.resolve("modules/checker/target/classes").toString(),
                "-Aharmony.graph=elsewhere",
                sources.resolve("module-info.java").toString(),
                sources.resolve("vault/Vault.java").toString());
        run("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        return jar;
    }

    private static void run(String tool, String... arguments) {
        int status = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
        assertEquals(0, status, () -> tool + " " + List.of(arguments));
    }
}
