package io.nationtech.harmony.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.stream.Stream;

/** What a Maven module is compiled from: its pom.xml, those above it, and its main sources. */
record Sources(Path module) {

    /** Folders count too: their time tells of files that were removed. */
    boolean areOlderThan(Path stamp) {
        try (Stream<Path> files = Files.walk(module.resolve("src/main"))) {
            FileTime made = Files.getLastModifiedTime(stamp);
            for (Path file : Stream.concat(files, poms()).toList()) {
                if (Files.getLastModifiedTime(file).compareTo(made) >= 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            // What cannot be looked at is Maven's to explain.
            return false;
        }
    }

    private Stream<Path> poms() {
        Path root = ModuleSource.reactor(module).orElse(module);
        return Stream.iterate(
                        Optional.of(module.toAbsolutePath()),
                        Optional::isPresent,
                        folder -> folder.filter(one -> !one.equals(root)).map(Path::getParent))
                .map(folder -> folder.orElseThrow().resolve(ModuleSource.POM))
                .filter(Files::isRegularFile);
    }
}
