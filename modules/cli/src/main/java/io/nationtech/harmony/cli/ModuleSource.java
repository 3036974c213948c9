package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a deployment module is. */
sealed interface ModuleSource {
    String POM = "pom.xml";

    Path path();

    /** A Maven module; compiled before it is loaded. */
    record Folder(Path path) implements ModuleSource {}

    /** A modular jar; modules that it needs lie beside it. */
    record Jar(Path path) implements ModuleSource {}

    /**
     * Finds what a person means: a folder or jar, or the name of a module under {@code modules/} of the project around.
     *
     * @param here where relative paths begin
     * @throws CommandFailedException when there is no such thing
     */
    static ModuleSource find(String name, Path here) {
        return look(name, here).orElseThrow(() -> new CommandFailedException(ExitCode.NO_MODULE, notFound(name, here)));
    }

    /** The same, empty when there is no such thing. */
    static Optional<ModuleSource> look(String name, Path here) {
        Path path = here.resolve(name).normalize();
        if (Files.isRegularFile(path) && name.endsWith(".jar")) {
            return Optional.of(new Jar(path));
        }
        return Stream.concat(Stream.of(path), modulesAround(here).map(modules -> modules.resolve(name)))
                .filter(folder -> Files.isRegularFile(folder.resolve(POM)))
                .findFirst()
                .map(Folder::new);
    }

    /** The folders named {@code modules} here and above. */
    private static Stream<Path> modulesAround(Path here) {
        return Stream.<Path>iterate(here.toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("modules"))
                .filter(Files::isDirectory);
    }

    private static Cause notFound(String name, Path here) {
        List<String> known =
                modulesAround(here).findFirst().map(ModuleSource::deployments).orElse(List.of());
        return new Cause(
                "there is no deployment module '%s': no folder with a pom.xml, and no jar".formatted(name),
                here.toString(),
                known.isEmpty()
                        ? "name a Maven module's folder or a modular jar"
                        : "name a folder, a jar, or one of modules/: " + String.join(", ", known));
    }

    private static List<String> deployments(Path modules) {
        try (Stream<Path> folders = Files.list(modules)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.endsWith("-deploy"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The root of the Maven project that a module is part of: the folder that has .mvn, as for Maven itself. */
    static Optional<Path> reactor(Path folder) {
        return Stream.<Path>iterate(folder.toAbsolutePath(), above -> above != null, Path::getParent)
                .filter(above -> Files.isDirectory(above.resolve(".mvn")))
                .filter(above -> Files.isRegularFile(above.resolve(POM)))
                .findFirst();
    }
}
