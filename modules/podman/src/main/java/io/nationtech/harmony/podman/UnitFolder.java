package io.nationtech.harmony.podman;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
        // Quadlet reads names that end in .container only, so it never sees this one.
        Path fresh = folder.resolve(unit.file() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, folder.resolve(unit.file()), StandardCopyOption.ATOMIC_MOVE);
        sync();
    }

    void delete(UnitName unit) throws IOException {
        Files.deleteIfExists(folder.resolve(unit.file()));
        sync();
    }

    /** A folder's entries are on disk only once the folder is. */
    private void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
