package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LogsCommandTest {

    @Test
    void letsNoEscapeSequenceOfAContainerReachTheTerminal() {
        assertEquals("\uFFFD[2Jé\t\uFFFD31m →", LogsCommand.printable("\u001b[2Jé\t\u009b31m →"));
    }
}
