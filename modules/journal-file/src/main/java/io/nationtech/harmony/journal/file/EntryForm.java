package io.nationtech.harmony.journal.file;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.JournalEntry;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * An entry as a line: a word, kinds and names with blanks between them, and the CRC-32C of all that. Neither kinds nor names have
 * blanks.
 */
final class EntryForm {
    private static final String BEGAN = "began";
    private static final String DONE = "done";
    private static final String GONE = "gone";
    private static final String MOVED = "moved";
    private static final int CHECKSUM = 9;

    private EntryForm() {}

    static String write(JournalEntry entry) {
        StringBuilder line = new StringBuilder(96);
        switch (entry) {
            case JournalEntry.Began(var id, var physical, var after) -> {
                id(line.append(BEGAN), id).append(' ').append(physical);
                after.stream().sorted().forEach(source -> id(line, source));
            }
            case JournalEntry.Done(var id) -> id(line.append(DONE), id);
            case JournalEntry.Gone(var id) -> id(line.append(GONE), id);
            case JournalEntry.Moved(var from, var id) -> id(id(line.append(MOVED), from), id);
        }
        return line + " " + checksum(line.toString()) + "\n";
    }

    /**
     * @throws InvalidValueException when the line is not what {@link #write} writes
     */
    static JournalEntry read(String line) {
        int end = line.length() - CHECKSUM;
        if (end < 1 || !line.substring(end + 1).equals(checksum(line.substring(0, end)))) {
            throw new InvalidValueException("its checksum does not fit its content");
        }
        String[] words = line.substring(0, end).split(" ");
        return switch (words[0]) {
            case BEGAN -> new JournalEntry.Began(id(words, 1), ResourceName.of(word(words, 3)), ids(words, 4));
            case DONE -> new JournalEntry.Done(id(words, 1));
            case GONE -> new JournalEntry.Gone(id(words, 1));
            case MOVED -> new JournalEntry.Moved(id(words, 1), id(words, 3));
            default -> throw new InvalidValueException("'%s' is not known here".formatted(words[0]));
        };
    }

    private static StringBuilder id(StringBuilder line, ResourceId id) {
        return line.append(' ').append(id.kind()).append(' ').append(id.name());
    }

    private static ResourceId id(String[] words, int at) {
        return new ResourceId(KindName.of(word(words, at)), ResourceName.of(word(words, at + 1)));
    }

    private static String word(String[] words, int at) {
        if (at >= words.length) {
            throw new InvalidValueException("it ends too soon");
        }
        return words[at];
    }

    private static Set<ResourceId> ids(String[] words, int from) {
        Set<ResourceId> ids = new LinkedHashSet<>();
        for (int i = from; i < words.length; i += 2) {
            ids.add(id(words, i));
        }
        return ids;
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return "%08x".formatted((int) crc.getValue());
    }
}
