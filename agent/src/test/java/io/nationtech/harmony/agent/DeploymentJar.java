package io.nationtech.harmony.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A deployment module that a person wrote, compiled with the checker. */
final class DeploymentJar {
    private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");

    private DeploymentJar() {}

    /**
     * Compiles it, and packs it.
     *
     * @param source of its one class, whose package has the module's name
     * @param needs modules of other people that it requires; they come to lie beside it
     */
    static Path of(Path folder, String module, String moduleInfo, String source, Path... needs) throws IOException {
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
                Stream.concat(
                                Stream.of(System.getProperty("jdk.module.path")),
                                Stream.of(needs).map(Path::toString))
                        .collect(Collectors.joining(":")),
                "--processor-path",
                Path.of(System.getProperty("harmony.project"), "modules/checker/target/classes")
                        .toString(),
                "-Aharmony.graph=elsewhere",
                info.toString(),
                written.toString());
        Path jars = Files.createDirectories(folder.resolve("jars"));
        Path jar = jars.resolve(module + ".jar");
        run("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        for (Path needed : needs) {
            Files.copy(needed, jars.resolve(needed.getFileName()));
        }
        return jar;
    }

    private static void run(String tool, String... arguments) {
        int status = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
        if (status != 0) {
            throw new AssertionError(tool + " failed");
        }
    }
}
