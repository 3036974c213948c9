package io.nationtech.harmony.podman;

import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of our quadlet files. What is written or deleted is so after a power cut too, and never by half. */
record UnitFolder(Path folder) {

    /** The units in the folder, ours only, in the order of their names. */
    List<UnitName> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .sorted()
                    .flatMap(name -> UnitName.ofFile(name).stream())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    Optional<String> read(UnitName unit) throws IOException {
        try {
            return Optional.of(Files.readString(folder.resolve(unit.file())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void write(UnitName unit, String text) throws IOException {
        Files.createDirectories(folder);
        // Quadlet reads names that end in .container only, so it never sees what is half written.
        DurableFile.replace(folder.resolve(unit.file()), text.getBytes(StandardCharsets.UTF_8));
    }

    void delete(UnitName unit) throws IOException {
        DurableFile.delete(folder.resolve(unit.file()));
    }
}
