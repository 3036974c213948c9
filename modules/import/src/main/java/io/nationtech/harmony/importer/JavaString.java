package io.nationtech.harmony.importer;

import java.util.stream.Collectors;

/** Text as Java has it: a literal, or a block where it has several lines (JLS §3.10.5, §3.10.6). Evaluates to the very same text. */
final class JavaString {
    /** Blocks are written at this indentation; whoever puts them elsewhere moves all their lines. */
    static final String INDENTATION = "                ";

    private JavaString() {}

    static String of(String text) {
        return text.stripTrailing().indexOf('\n') < 0 || hasOtherWhiteSpace(text) ? literal(text) : block(text);
    }

    /** A block loses some of it at the ends of lines, however it is written. */
    private static boolean hasOtherWhiteSpace(String text) {
        return text.chars()
                .filter(character -> " \t\r\n".indexOf(character) < 0)
                .anyMatch(character -> Character.isWhitespace(character)
                        || Character.isSpaceChar(character)
                        || Character.isISOControl(character));
    }

    private static String literal(String text) {
        return text.chars()
                .mapToObj(character -> character == '"' ? "\\\"" : escaped(character))
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static String escaped(int character) {
        return switch (character) {
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> isPlain(character) ? String.valueOf((char) character) : "\\u%04x".formatted(character);
        };
    }

    /** What could be seen otherwise than it is, as a change of the direction of writing, is written by its number. */
    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }

    private static String block(String text) {
        StringBuilder block = new StringBuilder("\"\"\"\n");
        String[] lines = text.split("\n", -1);
        boolean endsLine = lines[lines.length - 1].isEmpty();
        int count = endsLine ? lines.length - 1 : lines.length;
        for (int i = 0; i < count; i++) {
            String line = line(lines[i]);
            block.append(line.isEmpty() ? "" : INDENTATION + line).append(i == count - 1 && !endsLine ? "\\\n" : "\n");
        }
        return block.append(INDENTATION).append("\"\"\"").toString();
    }

    /** White space at a line's end would be left out, and three quotes would end the block. */
    private static String line(String line) {
        String plain = line.chars()
                .mapToObj(character -> character == '\t' ? "\t" : escaped(character))
                .collect(Collectors.joining())
                .replace("\"\"\"", "\\\"\\\"\\\"");
        return switch (plain.isEmpty() ? 'x' : plain.charAt(plain.length() - 1)) {
            case ' ' -> plain.substring(0, plain.length() - 1) + "\\s";
            case '\t' -> plain.substring(0, plain.length() - 1) + "\\t";
            default -> plain;
        };
    }
}
