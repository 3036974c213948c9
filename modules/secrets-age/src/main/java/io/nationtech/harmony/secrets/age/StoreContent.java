package io.nationtech.harmony.secrets.age;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.RecipientKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is in a store's file once it is decrypted, in lines of ASCII, so that a person can read it with {@code age --decrypt}:
 *
 * <pre>
 * harmony-secrets 1
 * environment prod
 * recipient age1…
 * secret smtp-password 3 Y29ycmVjdCBob3JzZQ==
 * </pre>
 *
 * The recipients stand inside, so that nobody who can write the file can slip a key of theirs into the next encryption.
 */
final class StoreContent implements AutoCloseable {
    private static final String MAGIC = "harmony-secrets ";
    private static final String FORMAT = "1";

    /** One secret: version 1 and up, and its bytes, which are the store's to zero. */
    static final class Item {
        private final long version;
        private final byte[] value;

        Item(long version, byte[] value) {
            this.version = version;
            this.value = value;
        }

        long version() {
            return version;
        }

        byte[] value() {
            return value;
        }
    }

    /** What came of reading lines. */
    sealed interface Parsed {
        record Content(StoreContent content) implements Parsed {}

        record Newer(String format) implements Parsed {}

        /** The line with this number, 1 and up, is not one of the known ones; it is not repeated here. */
        record Malformed(int line) implements Parsed {}
    }

    private final EnvironmentName environment;
    private final SortedSet<RecipientKey> recipients;
    private final SortedMap<SecretRef, Item> items = new TreeMap<>(Comparator.comparing(SecretRef::name));

    StoreContent(EnvironmentName environment, SortedSet<RecipientKey> recipients) {
        this.environment = environment;
        this.recipients = new TreeSet<>(recipients);
    }

    EnvironmentName environment() {
        return environment;
    }

    SortedSet<RecipientKey> recipients() {
        return recipients;
    }

    SortedMap<SecretRef, Item> items() {
        return items;
    }

    /** These lines. Whoever asked zeroes the array. */
    byte[] format() {
        byte[][] lines = new byte[recipients.size() + items.size() + 2][];
        int next = 0;
        lines[next++] = ascii(MAGIC + FORMAT);
        lines[next++] = ascii("environment " + environment);
        for (RecipientKey recipient : recipients) {
            lines[next++] = ascii("recipient " + recipient);
        }
        for (var item : items.entrySet()) {
            lines[next++] = line(item.getKey(), item.getValue());
        }
        return joined(lines);
    }

    static Parsed parse(byte[] plain) {
        int end = lineEnd(plain, 0);
        String first = text(plain, 0, end);
        if (!first.equals(MAGIC + FORMAT)) {
            return first.startsWith(MAGIC) && first.length() < 32
                    ? new Parsed.Newer(first.substring(MAGIC.length()))
                    : new Parsed.Malformed(1);
        }
        int second = Math.min(end + 1, plain.length);
        end = lineEnd(plain, second);
        int number = 2;
        try {
            StoreContent content = new StoreContent(
                    EnvironmentName.of(after("environment ", text(plain, second, end))), new TreeSet<>());
            for (int start = end + 1; start < plain.length; start = end + 1) {
                number++;
                end = lineEnd(plain, start);
                content.add(plain, start, end);
            }
            return new Parsed.Content(content);
        } catch (IllegalArgumentException e) {
            return new Parsed.Malformed(number);
        }
    }

    /** Overwrites all values. */
    @Override
    public void close() {
        items.values().forEach(item -> Arrays.fill(item.value(), (byte) 0));
    }

    private void add(byte[] plain, int start, int end) {
        int value = end;
        while (value > start && plain[value - 1] != ' ') {
            value--;
        }
        String[] words = text(plain, start, Math.max(start, value - 1)).split(" ", -1);
        if (words.length == 1 && words[0].equals("recipient")) {
            recipients.add(RecipientKey.of(text(plain, value, end)));
        } else if (words.length == 3 && words[0].equals("secret") && words[2].matches("[1-9][0-9]{0,17}")) {
            byte[] encoded = Arrays.copyOfRange(plain, value, end);
            try {
                items.put(
                        SecretRef.parse(words[1]),
                        new Item(Long.parseLong(words[2]), Base64.getDecoder().decode(encoded)));
            } finally {
                Arrays.fill(encoded, (byte) 0);
            }
        } else {
            throw new IllegalArgumentException("neither a recipient nor a secret");
        }
    }

    private static byte[] line(SecretRef ref, Item item) {
        byte[] start = ascii("secret %s %d ".formatted(ref.name(), item.version()));
        byte[] encoded = Base64.getEncoder().encode(item.value());
        byte[] line = ByteBuffer.allocate(start.length + encoded.length)
                .put(start)
                .put(encoded)
                .array();
        Arrays.fill(encoded, (byte) 0);
        return line;
    }

    private static byte[] joined(byte[][] lines) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(lines).mapToInt(line -> line.length + 1).sum());
        for (byte[] line : lines) {
            all.put(line).put((byte) '\n');
            Arrays.fill(line, (byte) 0);
        }
        return all.array();
    }

    private static String after(String prefix, String line) {
        if (!line.startsWith(prefix)) {
            throw new InvalidValueException("the line does not begin with " + prefix);
        }
        return line.substring(prefix.length());
    }

    private static int lineEnd(byte[] plain, int start) {
        int end = start;
        while (end < plain.length && plain[end] != '\n') {
            end++;
        }
        return end;
    }

    private static String text(byte[] plain, int start, int end) {
        return new String(plain, start, end - start, StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
