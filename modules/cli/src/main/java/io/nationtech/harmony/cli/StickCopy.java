package io.nationtech.harmony.cli;

import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * An image with a seed in the place of its own, as it is written and as it is compared with what was written: at no time is there a stick
 * with another seed.
 */
final class StickCopy {
    private static final int PIECE = 4 << 20;

    private final FileChannel image;
    private final long seedAt;
    private final byte[] seed;

    /**
     * @param seedAt from which byte on
     */
    StickCopy(FileChannel image, long seedAt, byte[] seed) {
        this.image = image;
        this.seedAt = seedAt;
        this.seed = seed.clone();
    }

    /** Writes it, and returns once it is on the disk. */
    void writeTo(StickTarget target, LongConsumer progress) throws IOException {
        switch (target) {
            case StickTarget.NewFile(Path path) -> {
                // It has secrets.
                try (FileChannel out = FileChannel.open(
                        path,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        DurableFile.OWNER_ONLY)) {
                    writeOrDelete(out, path, progress);
                }
            }
            case StickTarget.WholeDisk disk -> {
                try (FileChannel out = FileChannel.open(disk.path(), StandardOpenOption.WRITE)) {
                    write(out, progress);
                }
            }
        }
    }

    /** Half a stick is no use, and looks like one. */
    private void writeOrDelete(FileChannel out, Path path, LongConsumer progress) throws IOException {
        try {
            write(out, progress);
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    private void write(FileChannel out, LongConsumer progress) throws IOException {
        ByteBuffer piece = buffer();
        for (long at = 0; fill(piece, at); at += piece.limit()) {
            while (piece.hasRemaining()) {
                out.write(piece, at + piece.position());
            }
            // What the system only keeps in memory is no progress.
            out.force(false);
            progress.accept(at + piece.limit());
        }
        out.force(true);
    }

    /**
     * The first byte in which what is there differs; nothing when it is all there. Of a disk that nobody had open in between the kernel has forgotten
     * what was written, and asks it.
     */
    Optional<Long> differsFrom(StickTarget target, LongConsumer progress) throws IOException {
        ByteBuffer wanted = buffer();
        ByteBuffer there = buffer();
        try (FileChannel in = FileChannel.open(target.path())) {
            for (long at = 0; fill(wanted, at); at += wanted.limit()) {
                there.clear();
                while (there.position() < wanted.limit() && in.read(there, at + there.position()) > 0) {
                    // One read may bring less.
                }
                int mismatch = wanted.mismatch(there.flip().limit(Math.min(there.limit(), wanted.limit())));
                if (mismatch >= 0) {
                    return Optional.of(at + mismatch);
                }
                progress.accept(at + wanted.limit());
            }
        }
        return Optional.empty();
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(PIECE);
    }

    /** The next piece from that byte on, ready to be read; false at the end. */
    private boolean fill(ByteBuffer piece, long at) throws IOException {
        piece.clear().limit(PIECE);
        while (piece.hasRemaining() && image.read(piece, at + piece.position()) > 0) {
            // One read may bring less.
        }
        piece.flip();
        long from = Math.max(at, seedAt);
        long to = Math.min(at + piece.limit(), seedAt + seed.length);
        if (from < to) {
            piece.put((int) (from - at), seed, (int) (from - seedAt), (int) (to - from));
        }
        return piece.hasRemaining();
    }
}
