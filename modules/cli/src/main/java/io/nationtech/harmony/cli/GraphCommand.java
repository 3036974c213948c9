package io.nationtech.harmony.cli;

import io.nationtech.harmony.operator.LoadedModule;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "graph",
        description = "Show a deployment as a graph: what it comes down to, and in which order.",
        footer = {
            "",
            "Examples:",
            "  harmony graph modules/website-deploy > website.mmd                  draw it with any Mermaid viewer"
        })
final class GraphCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModuleArgument module = new ModuleArgument();

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "<format>",
            defaultValue = "mermaid",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Format format = Format.MERMAID;

    /** A form of the graph. */
    enum Format {
        MERMAID,
        JSON;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    GraphCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LoadedModule loaded = module.load(settings, terminal);
        try (MeshSession session = mesh.open(loaded)) {
            GraphReport report =
                    new GraphReport(Reading.of(session, terminal).plan(loaded.deployment(), settings.secrets()));
            terminal.result(
                    switch (format) {
                        case MERMAID -> report.mermaid();
                        case JSON -> Json.write(report.json());
                    });
        }
        return ExitCode.DONE.code();
    }
}
