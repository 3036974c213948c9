package io.nationtech.harmony.installer;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.seed.Seed;
import io.nationtech.harmony.seed.SeedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The seed's file system, where it is mounted. */
record SeedFolder(Path folder) {
    private static final int SECTOR = 512;
    private static final int MOST_FREE = 64 << 20;
    private static final String FILLER = "empty.tmp";
    private static final String NEXT = "seed.new";
    private static final int DIGEST = 32;

    /**
     * Reads the seed, as a person may have left it.
     *
     * @throws InstallationFailedException when it cannot be read, or is wrong, with all its mistakes
     */
    Seed read() {
        try {
            endWriting();
            return parsed();
        } catch (IOException e) {
            throw failed("it cannot be read: " + e, "write the stick anew: `harmony usb create`");
        }
    }

    private Seed parsed() throws IOException {
        try (InputStream in = Files.newInputStream(file())) {
            byte[] bytes = in.readNBytes(SeedFile.LARGEST + 1);
            if (bytes.length > SeedFile.LARGEST) {
                throw failed(
                        "it has more than %d bytes".formatted(SeedFile.LARGEST),
                        "write a seed anew: `harmony usb create`");
            }
            return switch (Seed.parse(new String(bytes, StandardCharsets.UTF_8))) {
                case Seed.Parsed.Good(Seed seed) -> seed;
                case Seed.Parsed.Bad bad ->
                    throw failed(
                            bad.refusal("the seed is wrong, and nothing was done:"),
                            "correct the file on the stick with any computer, and start this machine from it again");
            };
        }
    }

    /**
     * Writes another over it: into the same place on the disk, where nothing is left of the former; it is there when this returns. FAT has no write that is
     * all or nothing, so the whole of it lies beside it meanwhile, from where the next reader ends what was cut off.
     */
    void write(Seed seed) {
        try {
            byte[] bytes = SeedFile.of(seed);
            put(next(), withDigest(bytes));
            DurableFile.sync(folder);
            put(file(), bytes);
            DurableFile.delete(next());
        } catch (InvalidValueException e) {
            throw failed(String.valueOf(e.getMessage()), "say less in it, and start this machine from it again");
        } catch (IOException e) {
            throw failed(
                    "it cannot be written: " + e,
                    "look for a switch on the stick that protects it, or take another stick");
        }
    }

    private void endWriting() throws IOException {
        if (!Files.exists(next())) {
            return;
        }
        try (InputStream in = Files.newInputStream(next())) {
            byte[] whole = in.readNBytes(SeedFile.SIZE + DIGEST + 1);
            byte[] bytes = Arrays.copyOf(whole, SeedFile.SIZE);
            // Otherwise it was cut off itself, and the other not begun.
            if (Arrays.equals(whole, withDigest(bytes))) {
                put(file(), bytes);
            }
        }
        DurableFile.delete(next());
    }

    private static void put(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes, bytes.position());
            }
            channel.force(true);
            channel.truncate(content.length);
            channel.force(true);
        }
    }

    private static byte[] withDigest(byte[] bytes) {
        try {
            byte[] whole = Arrays.copyOf(bytes, bytes.length + DIGEST);
            System.arraycopy(MessageDigest.getInstance("SHA-256").digest(bytes), 0, whole, bytes.length, DIGEST);
            return whole;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What editors left of former seeds, outside of files, is written over. */
    void wipeFreeSpace() {
        Path filler = folder.resolve(FILLER);
        try {
            try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                fill(channel);
                channel.force(true);
            } finally {
                Files.deleteIfExists(filler);
            }
        } catch (IOException e) {
            throw failed(
                    "what was secret cannot be wiped: " + e, "keep the stick safe, or write another image over it");
        }
    }

    private static void fill(FileChannel channel) {
        ByteBuffer zeros = ByteBuffer.allocate(SECTOR);
        try {
            for (int written = 0; written < MOST_FREE; written += SECTOR) {
                channel.write(zeros.rewind());
            }
        } catch (IOException e) {
            // There is no room left, which was wanted; what does not come to the disk is told when it is synced.
        }
    }

    private Path next() {
        return folder.resolve(NEXT);
    }

    private Path file() {
        return folder.resolve(SeedFile.NAME);
    }

    private static InstallationFailedException failed(String what, String next) {
        return new InstallationFailedException(new Cause(what, SeedFile.NAME + " on the stick", next));
    }
}
