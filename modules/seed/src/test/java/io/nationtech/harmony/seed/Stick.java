package io.nationtech.harmony.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The image of a small stick, made, read and changed by mtools and sfdisk, as an operating system would. */
record Stick(Path image, Path folder) {
    private static final long OFFSET = 2L << 20;

    /** With a partition before and one behind the seed's. */
    static Stick in(Path folder) throws IOException, InterruptedException {
        Path image = folder.resolve("stick.raw");
        Path fat = folder.resolve("seed.fat");
        run(
                List.of(
                        Path.of("../../provisioning/seed-partition")
                                .toAbsolutePath()
                                .toString(),
                        fat.toString()),
                "");
        Files.write(image, new byte[(int) (OFFSET + Files.size(fat) + (2 << 20))]);
        run(List.of("sfdisk", "--quiet", image.toString()), """
                label: gpt
                start=2048, size=2048, type=linux, name=first
                start=4096, size=%d, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, name=harmony-seed
                """.formatted(Files.size(fat) / 512));
        run(List.of("dd", "if=" + fat, "of=" + image, "bs=1M", "seek=2", "conv=notrunc", "status=none"), "");
        return new Stick(image, folder);
    }

    byte[] read() throws IOException, InterruptedException {
        Path read = folder.resolve("read");
        mtools("mcopy", "-o", "-n", "-i", at(), "::seed.conf", read.toString());
        return Files.readAllBytes(read);
    }

    /** As an editor does: another file takes its name. */
    void replace(String text) throws IOException, InterruptedException {
        add("seed.conf", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Freed clusters between others fill first. */
    void replaceByPieces(byte[] content) throws IOException, InterruptedException {
        mtools("mdel", "-i", at(), "::seed.conf");
        for (int i = 0; i < 4; i++) {
            add("gap" + i, new byte[8192]);
        }
        mtools("mdel", "-i", at(), "::gap0");
        mtools("mdel", "-i", at(), "::gap2");
        add("seed.conf", content);
    }

    void add(String name, byte[] content) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("added"), content);
        mtools("mcopy", "-o", "-i", at(), file.toString(), "::" + name);
    }

    void renamePartition(String name) throws IOException, InterruptedException {
        run(List.of("sfdisk", "--quiet", "--part-label", image.toString(), "2", name), "");
    }

    void requireSound() throws IOException, InterruptedException {
        Path fat = folder.resolve("seed.fat");
        run(List.of("dd", "if=" + image, "of=" + fat, "bs=1M", "skip=2", "count=16", "status=none"), "");
        run(List.of("fsck.vfat", "-n", fat.toString()), "");
    }

    private String at() {
        return image + "@@" + OFFSET;
    }

    private static void mtools(String... command) throws IOException, InterruptedException {
        run(Stream.of(command).toList(), "");
    }

    private static void run(List<String> command, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> command + ": " + said);
    }
}
