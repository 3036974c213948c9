package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Images of sticks and disks, made and read by the tools of operating systems. */
final class StickFiles {
    /** Where an image that is made here has its seed's partition. */
    private static final long OFFSET = 2L << 20;

    private StickFiles() {}

    /** The image of a stick, with a partition before and one behind the seed's. */
    static Path image(Path folder) throws IOException, InterruptedException {
        Path image = folder.resolve("harmony-usb.raw");
        Path fat = folder.resolve("seed.fat");
        run(Path.of("../../provisioning/seed-partition").toAbsolutePath().toString(), fat.toString());
        zeros(image, OFFSET + Files.size(fat) + (2 << 20));
        Path table = Files.writeString(folder.resolve("table"), """
                label: gpt
                start=2048, size=2048, type=linux, name=first
                start=4096, size=%d, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, name=harmony-seed
                """.formatted(Files.size(fat) / 512));
        runWith(table, "sfdisk", "--quiet", image.toString());
        run("dd", "if=" + fat, "of=" + image, "bs=1M", "seek=2", "conv=notrunc", "status=none");
        return image;
    }

    /** The seed of a stick as an operating system reads it. */
    static String seed(Path stick, Path folder) throws IOException, InterruptedException {
        Path read = folder.resolve("read.conf");
        run("mcopy", "-o", "-n", "-i", stick + "@@" + OFFSET, "::seed.conf", read.toString());
        return Files.readString(read);
    }

    /** As an editor does: another file takes its name. */
    static void edit(Path stick, String text, Path folder) throws IOException, InterruptedException {
        Path written = Files.writeString(folder.resolve("written.conf"), text);
        run("mcopy", "-o", "-i", stick + "@@" + OFFSET, written.toString(), "::seed.conf");
    }

    static Path zeros(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), bytes - 1);
        }
        return file;
    }

    static String run(String... command) throws IOException, InterruptedException {
        return runWith(Path.of("/dev/null"), command);
    }

    private static String runWith(Path input, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(input.toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> List.of(command) + ": " + said);
        return said;
    }
}
