package io.nationtech.harmony.config;

import java.io.Console;
import java.util.Optional;

/** Asks the person at the terminal; where there is none, as in CI or a pipe, there is no answer. */
public final class TerminalPrompt implements Prompt {

    /** The terminal of this process. */
    public TerminalPrompt() {}

    @Override
    @SuppressWarnings("SystemConsoleNull") // true of JDK 22 to 24 only
    public Optional<char[]> ask(Question question) {
        // JDK 25 answers null without a terminal, JDK 22 to 24 a console that is none: JDK-8351435
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return Optional.empty();
        }
        question.complaint().ifPresent(complaint -> console.printf("  %s%n", complaint));
        return answer(console, question).filter(answer -> answer.length > 0);
    }

    private static Optional<char[]> answer(Console console, Question question) {
        return switch (question.echo()) {
            case SHOWN ->
                Optional.ofNullable(console.readLine("%s (%s): ", question.key(), question.type()))
                        .map(line -> line.strip().toCharArray());
            case HIDDEN ->
                Optional.ofNullable(console.readPassword("%s (%s, not shown): ", question.key(), question.type()));
        };
    }
}
