package io.nationtech.harmony.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "withdraw",
        description = "Take a deployment off all its nodes, one after the other.",
        footer = {"", "Example:", "  harmony withdraw website"})
final class WithdrawCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DeploymentArgument.Required deployment = new DeploymentArgument.Required();

    @Mixin
    private Applying applying = new Applying();

    WithdrawCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return applying.withdraw(terminal, deployment.name());
    }
}
