package io.nationtech.harmony.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk that is small, so that it is soon full. It vanishes with the mounts of this process. */
record ChaosDisk(Path folder) implements AutoCloseable {
    private static final String BALLAST = "ballast";

    static ChaosDisk mount(Path folder, int mebibytes) throws IOException {
        Files.createDirectories(folder);
        ChaosTool.run("mount", "-t", "tmpfs", "-o", "size=%dm".formatted(mebibytes), "chaos", folder.toString());
        return new ChaosDisk(folder);
    }

    /** Until nothing more goes in. */
    void fill() {
        fillBy(new byte[1 << 20]);
        fillBy(new byte[1]);
    }

    private void fillBy(byte[] piece) {
        try (OutputStream ballast = Files.newOutputStream(folder.resolve(BALLAST + piece.length))) {
            while (true) {
                ballast.write(piece);
            }
        } catch (IOException e) {
            // It is full.
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(folder.resolve(BALLAST + (1 << 20)));
        Files.deleteIfExists(folder.resolve(BALLAST + 1));
    }

    @Override
    public void close() {
        ChaosTool.run("umount", "-l", folder.toString());
    }
}
