package io.nationtech.harmony.importer;

import java.util.ArrayList;
import java.util.List;

/** Splits a line into words as a shell does, of which nothing else is done: quotes, backslashes, blanks. */
final class ShellWords {
    private ShellWords() {}

    /**
     * @throws RefusedSourceException when a quote is not closed
     */
    static List<String> split(String line, Place at) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isInWord = false;
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            switch (character) {
                case '\'', '"' -> {
                    isInWord = true;
                    i = quoted(line, i, word, at);
                }
                case '\\' -> {
                    isInWord = true;
                    i++;
                    if (i < line.length() && line.charAt(i) != '\n') {
                        word.append(line.charAt(i));
                    }
                }
                case ' ', '\t', '\n', '\r' -> {
                    if (isInWord) {
                        words.add(word.toString());
                        word.setLength(0);
                        isInWord = false;
                    }
                }
                default -> {
                    isInWord = true;
                    word.append(character);
                }
            }
        }
        if (isInWord) {
            words.add(word.toString());
        }
        return words;
    }

    private static int quoted(String line, int begin, StringBuilder word, Place at) {
        char quote = line.charAt(begin);
        for (int i = begin + 1; i < line.length(); i++) {
            char character = line.charAt(i);
            if (character == quote) {
                return i;
            }
            if (character == '\\'
                    && quote == '"'
                    && i + 1 < line.length()
                    && "\"\\$`\n".indexOf(line.charAt(i + 1)) >= 0) {
                i++;
                if (line.charAt(i) != '\n') {
                    word.append(line.charAt(i));
                }
            } else {
                word.append(character);
            }
        }
        throw new RefusedSourceException(at, "a quote of a command is not closed", "close it");
    }
}
