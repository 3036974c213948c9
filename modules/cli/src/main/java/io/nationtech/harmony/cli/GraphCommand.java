package io.nationtech.harmony.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "graph",
        description = "Show a deployment as a graph, in Mermaid's language: what it comes down to, and in which order.",
        footer = {
            "",
            "Example:",
            "  harmony graph modules/website-deploy > website.mmd     draw it with any Mermaid viewer"
        })
final class GraphCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModuleArgument module = new ModuleArgument();

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    GraphCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var deployment = module.load(terminal);
        try (MeshSession session = mesh.open()) {
            GraphReport report = new GraphReport(Reading.of(session, terminal).plan(deployment, secrets));
            terminal.result(output.choose(report::mermaid, report::json));
        }
        return ExitCode.DONE.code();
    }
}
