package io.nationtech.harmony.mesh.nats;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a server sends, with the headers of messages put right where they are none. A server passes on whatever block of bytes a
 * writer called headers, and a key of any bytes in a header of its own; jnats' reader ends on the first such message, without
 * a word, and the connection is deaf from then on. Used by one thread.
 */
final class WireFilter {
    private static final String VERSION = "NATS/1.0";
    private static final String LINE_END = "\r\n";
    /** What a server adds to a message that it stored; to the status of its own that nobody hears a question it adds a subject. */
    private static final String SEQUENCE = "Nats-Sequence:";

    private static final Pattern STATUS = Pattern.compile(VERSION + "( [0-9]{3}( .+)?)?");
    private static final Pattern HEADER = Pattern.compile("[^ :]+:.*");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");

    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private List<String> head = List.of();
    private int headerBytes;
    private long payloadBytes;
    private long pings;

    /** What jnats may read of these bytes and those before; some may be held back until more come. */
    byte[] pass(byte[] bytes, int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(count);
        int at = 0;
        while (at < count) {
            if (payloadBytes > 0) {
                int length = (int) Math.min(payloadBytes, count - at);
                out.write(bytes, at, length);
                payloadBytes -= length;
                at += length;
            } else if (headerBytes > 0) {
                int length = Math.min(headerBytes, count - at);
                held.write(bytes, at, length);
                headerBytes -= length;
                at += length;
                if (headerBytes == 0) {
                    passMessage(out);
                }
            } else {
                byte next = bytes[at++];
                held.write(next);
                if (next == '\n') {
                    passLine(out);
                }
            }
        }
        return out.toByteArray();
    }

    private void passLine(ByteArrayOutputStream out) {
        String line = takeHeld();
        List<String> words = Arrays.asList(line.strip().split("[ \t]+", -1));
        switch (words.getFirst()) {
            case "MSG" -> {
                payloadBytes = Long.parseLong(words.getLast()) + LINE_END.length();
                write(out, UNPRINTABLE.matcher(line.stripTrailing()).replaceAll("?") + LINE_END);
            }
            case "HMSG" -> {
                headerBytes = Integer.parseInt(words.get(words.size() - 2));
                payloadBytes = 0;
                head = words;
            }
            case "PING" -> {
                pings++;
                write(out, line);
            }
            default -> write(out, line);
        }
    }

    /** How often the server has asked whether this end is there. */
    long pings() {
        return pings;
    }

    private void passMessage(ByteArrayOutputStream out) {
        String before = takeHeld();
        String after = putRight(before);
        long data = Long.parseLong(head.getLast()) - before.length();
        List<String> line = new ArrayList<>(head.subList(0, head.size() - 2));
        line.add(Integer.toString(after.length()));
        line.add(Long.toString(after.length() + data));
        write(out, UNPRINTABLE.matcher(String.join(" ", line)).replaceAll("?") + LINE_END + after);
        payloadBytes = data + LINE_END.length();
    }

    /** Lines that are no headers go, and a status that a writer gave, as it hides the message from jnats. */
    private static String putRight(String block) {
        List<String> lines = Arrays.asList(block.split(LINE_END, -1));
        List<String> headers = lines.stream()
                .skip(1)
                .map(line -> UNPRINTABLE.matcher(line).replaceAll("?"))
                .filter(line -> HEADER.matcher(line).matches())
                .toList();
        String first = UNPRINTABLE.matcher(lines.getFirst()).replaceAll("?");
        boolean isStored = headers.stream().anyMatch(line -> line.startsWith(SEQUENCE));
        StringBuilder right = new StringBuilder();
        right.append(isStored || !STATUS.matcher(first).matches() ? VERSION : first)
                .append(LINE_END);
        headers.forEach(header -> right.append(header).append(LINE_END));
        return right.append(LINE_END).toString();
    }

    private String takeHeld() {
        String text = held.toString(StandardCharsets.ISO_8859_1);
        held.reset();
        return text;
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
