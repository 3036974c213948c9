package io.nationtech.harmony.cli;

import io.nationtech.harmony.seed.SeedFile;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "template",
        description = "Write a seed that says nothing, with what can be said in it.",
        footer = {"", "Example:", "  harmony usb template > seed.conf"})
final class UsbTemplateCommand implements Callable<Integer> {
    private final Terminal terminal;

    UsbTemplateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.result(new String(SeedFile.template(), StandardCharsets.UTF_8).stripTrailing());
        return ExitCode.DONE.code();
    }
}
