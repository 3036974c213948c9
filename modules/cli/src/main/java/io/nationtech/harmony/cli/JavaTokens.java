package io.nationtech.harmony.cli;

import java.util.ArrayList;
import java.util.List;

/** Splits Java into its tokens, as far as it must be understood to tell texts from comments (JLS §3). */
final class JavaTokens {
    private static final String TEXT_BLOCK = "\"\"\"";

    private final String source;
    private final List<Token> found = new ArrayList<>();
    private int at;
    private int line = 1;

    /**
     * A piece of source.
     *
     * @param text as it is written, a text with its quotes
     * @param start of it in the source
     * @param line of it, from 1
     */
    record Token(String text, int start, int line) {
        int end() {
            return start + text.length();
        }
    }

    private JavaTokens(String source) {
        this.source = source;
    }

    /** All of them; comments are left out, and an operator is as many tokens as it has characters. */
    static List<Token> of(String source) {
        JavaTokens tokens = new JavaTokens(source);
        while (tokens.at < source.length()) {
            tokens.next();
        }
        return tokens.found;
    }

    private void next() {
        char first = source.charAt(at);
        if (Character.isWhitespace(first)) {
            skip(at + 1);
        } else if (source.startsWith("//", at)) {
            skip(endOfLine());
        } else if (source.startsWith("/*", at)) {
            skip(after("*/", at + 2));
        } else if (source.startsWith(TEXT_BLOCK, at)) {
            take(closing(TEXT_BLOCK));
        } else if (first == '"' || first == '\'') {
            take(closing(String.valueOf(first)));
        } else if (Character.isJavaIdentifierPart(first)) {
            take(endOfWord());
        } else {
            take(at + 1);
        }
    }

    private void take(int end) {
        found.add(new Token(source.substring(at, end), at, line));
        skip(end);
    }

    private void skip(int end) {
        line += (int)
                source.substring(at, end).chars().filter(each -> each == '\n').count();
        at = end;
    }

    private int endOfLine() {
        int end = source.indexOf('\n', at);
        return end < 0 ? source.length() : end;
    }

    private int after(String mark, int from) {
        int begin = source.indexOf(mark, from);
        return begin < 0 ? source.length() : begin + mark.length();
    }

    /** After the mark that ends a text; one that a backslash stands before is a part of it. */
    private int closing(String mark) {
        int each = at + mark.length();
        while (each < source.length() && !source.startsWith(mark, each)) {
            each += source.charAt(each) == '\\' ? 2 : 1;
        }
        return Math.min(each + mark.length(), source.length());
    }

    private int endOfWord() {
        int end = at;
        while (end < source.length() && Character.isJavaIdentifierPart(source.charAt(end))) {
            end++;
        }
        return end;
    }
}
