package io.nationtech.harmony.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a stopped nats-server keeps of a stream, message by message, as its file store writes them: length, sequence, time, length of the subject,
 * subject, length of the headers where there are any, headers, body, checksum.
 */
final class ChaosStore {
    private static final int HEADER = 4 + 8 + 8 + 2;
    private static final int CHECKSUM = 8;
    private static final int HAS_HEADERS = 1 << 31;
    /** Of what was erased, and of tombstones. */
    private static final long NO_MESSAGE = 3L << 62;

    private ChaosStore() {}

    /** @param body where that begins and ends in the file */
    private record Kept(Path file, long sequence, String subject, int bodyFrom, int bodyTo) {}

    /**
     * Changes one bit in the body of the newest message of a subject.
     *
     * @return whose newest message may be gone by that: that of the subject, and all that were written to the same file later, as the server
     *     cuts a file off where it finds something wrong
     */
    static Set<String> flip(Path data, String stream, String subject, Random chance) throws IOException {
        List<Kept> all = kept(data, stream);
        Optional<Kept> newest = all.stream()
                .filter(kept -> kept.subject().equals(subject) && kept.bodyTo() > kept.bodyFrom())
                .max(Comparator.comparingLong(Kept::sequence));
        if (newest.isEmpty()) {
            return Set.of();
        }
        Kept found = newest.get();
        byte[] block = Files.readAllBytes(found.file());
        int at = found.bodyFrom() + chance.nextInt(found.bodyTo() - found.bodyFrom());
        block[at] ^= (byte) (1 << chance.nextInt(Byte.SIZE));
        Files.write(found.file(), block);
        return all.stream()
                .filter(kept -> kept.file().equals(found.file()) && kept.sequence() >= found.sequence())
                .map(Kept::subject)
                .collect(Collectors.toSet());
    }

    private static List<Kept> kept(Path data, String stream) throws IOException {
        List<Path> blocks;
        try (Stream<Path> files = Files.walk(data)) {
            blocks = files.filter(file -> file.toString().contains("/streams/" + stream + "/msgs/")
                            && file.toString().endsWith(".blk"))
                    .toList();
        }
        List<Kept> kept = new ArrayList<>();
        for (Path file : blocks) {
            read(file, kept);
        }
        return kept;
    }

    private static void read(Path file, List<Kept> kept) throws IOException {
        ByteBuffer block = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at + HEADER <= block.limit()) {
            int length = block.getInt(at) & ~HAS_HEADERS;
            int subjectLength = Short.toUnsignedInt(block.getShort(at + 20));
            int subjectEnd = at + HEADER + subjectLength;
            if (length < HEADER + subjectLength + CHECKSUM || at + length > block.limit()) {
                return;
            }
            long sequence = block.getLong(at + 4);
            if ((sequence & NO_MESSAGE) == 0) {
                String subject = new String(block.array(), at + HEADER, subjectLength, StandardCharsets.US_ASCII);
                int headers = (block.getInt(at) & HAS_HEADERS) == 0 ? 0 : 4 + block.getInt(subjectEnd);
                kept.add(new Kept(file, sequence, subject, subjectEnd + headers, at + length - CHECKSUM));
            }
            at += length;
        }
    }
}
