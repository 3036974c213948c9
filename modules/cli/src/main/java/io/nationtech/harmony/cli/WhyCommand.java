package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.engine.FleetInterpret;
import io.nationtech.harmony.engine.FleetPlan;
import io.nationtech.harmony.graph.Step;
import io.nationtech.harmony.operator.LoadedModule;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "why",
        description = {
            "Show why services are on their nodes, or where one resource comes from.",
            "Of a service: the points of each node, or the first thing that the node misses. Of a resource: what declares it, what it",
            "comes after, how it is now, and who changed it last."
        },
        footer = {
            "",
            "A resource is named kind/name, as `harmony graph` shows it; a node's name alone means its share.",
            "",
            "Examples:",
            "  harmony why modules/website-deploy",
            "  harmony why modules/website-deploy node-share/node-1",
            "  harmony why modules/website-deploy node-1"
        })
final class WhyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModuleArgument module = new ModuleArgument();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "<resource>",
            converter = Read.class,
            description = "kind/name, or a node; without it, where everything runs")
    private Optional<ResourceId> resource = Optional.empty();

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    WhyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LoadedModule loaded = module.load(settings, terminal);
        Deployment<?> deployment = loaded.deployment();
        try (MeshSession session = mesh.open(loaded)) {
            Reading reading = Reading.of(session, terminal);
            if (resource.isEmpty()) {
                Inventory inventory = session.fleet().inventory();
                PlacementReport report = reading.explain(deployment, settings.secrets(), inventory);
                List<SameName> sameNames =
                        SameName.of(session.fleet().nodeReports().rivals(), inventory);
                terminal.result(
                        output.answer(() -> report.text() + SameName.text(sameNames, terminal.outInk()), report::json));
                return ExitCode.DONE.code();
            }
            FleetPlan plan = reading.plan(deployment, settings.secrets());
            Step step = WhyReport.find(plan, resource.get());
            WhyReport report = new WhyReport(plan, step, reading.journals().last(deployment.name(), step.id()));
            terminal.result(output.answer(() -> report.text(terminal.outInk()), report::json));
        }
        return ExitCode.DONE.code();
    }

    /** Reads a resource's name. */
    static final class Read implements ITypeConverter<ResourceId> {
        @Override
        public ResourceId convert(String text) {
            try {
                return text.contains("/") ? ResourceId.parse(text) : FleetInterpret.share(NodeId.of(text));
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
