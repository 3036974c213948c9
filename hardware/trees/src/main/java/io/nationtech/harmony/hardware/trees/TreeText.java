package io.nationtech.harmony.hardware.trees;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The form in which trees are written. */
final class TreeText {
    private static final String CONTENT = " = ";
    private static final String LINK = " -> ";
    private static final String REFUSING = " ! ";
    private static final String SPACE = " free ";
    private static final String SIZE = " of ";

    private TreeText() {}

    static NavigableMap<String, Node> parse(String text) {
        TreeMap<String, Node> nodes = new TreeMap<>();
        StringBuilder block = new StringBuilder();
        String path = "";
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("\t")) {
                block.append(line, 1, line.length()).append('\n');
            } else if (!line.isBlank() && !line.startsWith("#")) {
                endBlock(nodes, path, block);
                path = entry(nodes, line);
            }
        }
        endBlock(nodes, path, block);
        return nodes;
    }

    private static void endBlock(NavigableMap<String, Node> nodes, String path, StringBuilder block) {
        if (!block.isEmpty()) {
            nodes.put(path, new Node.Content(bytes(block.toString())));
            block.setLength(0);
        }
    }

    private static String entry(NavigableMap<String, Node> nodes, String line) {
        for (String sign : new String[] {CONTENT, LINK, REFUSING, SPACE}) {
            int at = line.indexOf(sign);
            if (at > 0 && !line.substring(0, at).contains(" ")) {
                String path = line.substring(0, at);
                nodes.put(path, node(sign, line.substring(at + sign.length())));
                return path;
            }
        }
        String path = line.strip();
        nodes.put(path, new Node.Bare());
        return path;
    }

    private static Node node(String sign, String rest) {
        return switch (sign) {
            case CONTENT -> new Node.Content(bytes(rest + "\n"));
            case LINK -> new Node.Link(rest);
            case REFUSING -> new Node.Refusing(rest);
            case SPACE -> space(rest.split(SIZE, 2));
            default -> throw new IllegalArgumentException(sign);
        };
    }

    private static Node space(String[] amounts) {
        return new Node.Space(Long.parseLong(amounts[0]), amounts.length < 2 ? 0 : Long.parseLong(amounts[1]));
    }

    /** Bytes that are no text are written as {@code \xFF}. */
    private static String bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\x", i)) {
                bytes.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                bytes.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
