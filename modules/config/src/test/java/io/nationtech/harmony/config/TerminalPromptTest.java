package io.nationtech.harmony.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalPromptTest {
    @Test
    void withoutATerminalNobodyIsAsked() {
        var question = new Prompt.Question(
                new ConfigKey(List.of("smtp", "host")), "DnsName", Prompt.Echo.SHOWN, Optional.empty());
        assertEquals(Optional.empty(), new TerminalPrompt().ask(question));
    }
}
