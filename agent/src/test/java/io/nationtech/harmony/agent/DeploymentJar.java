package io.nationtech.harmony.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** A deployment module that a person wrote, compiled with the checker. */
final class DeploymentJar {
    private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");

    private DeploymentJar() {}

    /**
     * Compiles it, and packs it.
     *
     * @param source of its one class, whose package has the module's name
     */
    static Path of(Path folder, String module, String moduleInfo, String source) throws IOException {
        Matcher name = CLASS.matcher(source);
        if (!name.find()) {
            throw new AssertionError("no class in " + source);
        }
        Path sources = Files.createDirectories(folder.resolve("source").resolve(module));
        Path info = Files.writeString(sources.resolveSibling("module-info.java"), moduleInfo);
        Path written = Files.writeString(sources.resolve(name.group(1) + ".java"), source);
        Path classes = folder.resolve("classes");
        run(
                "javac",
                "-d",
                classes.toString(),
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--processor-path",
                Path.of(System.getProperty("harmony.project"), "modules/checker/target/classes")
                        .toString(),
                "-Aharmony.graph=elsewhere",
                info.toString(),
                written.toString());
        Path jar = folder.resolve(module + ".jar");
        run("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        return jar;
    }

    private static void run(String tool, String... arguments) {
        int status = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
        if (status != 0) {
            throw new AssertionError(tool + " failed");
        }
    }
}
