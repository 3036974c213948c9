package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.engine.FleetInterpret;
import io.nationtech.harmony.engine.FleetPlan;
import io.nationtech.harmony.graph.Step;
import io.nationtech.harmony.operator.LoadedModule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "why",
        description = {
            "Show why something is as it is.",
            "Of a module: why services are on their nodes, the points of each, or the first thing that a node misses. Of one of its",
            "resources: what declares it, what it comes after, how it is now, and who changed it last. Of a deployment or a node by",
            "name: what keeps it from being as it should be, and what to do about it."
        },
        footer = {
            "",
            "A resource is named kind/name, as `harmony graph` shows it; a node's name alone means its share. Where a folder",
            "and a deployment have one name, the folder's module is meant.",
            "",
            "Examples:",
            "  harmony why website",
            "  harmony why node-1",
            "  harmony why modules/website-deploy",
            "  harmony why modules/website-deploy node-share/node-1",
            "  harmony why modules/website-deploy node-1"
        })
final class WhyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "<module>|<deployment>|<node>",
            description =
                    "a deployment module, as for `harmony deploy`; or the name of a deployment or a node that the mesh knows")
    private String what = "";

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
        Optional<ModuleSource> module = ModuleSource.look(what, Path.of("").toAbsolutePath());
        Optional<DeploymentName> name = name();
        if (module.isPresent() || resource.isPresent() || name.isEmpty()) {
            return ofModule(module.orElseGet(() -> ModuleArgument.find(what)));
        }
        try (MeshSession session = mesh.open()) {
            List<Finding> findings =
                    ofName(new Reasons(session.fleet(), terminal.clock().instant()), name.get());
            terminal.result(
                    output.answer(() -> Finding.text(findings, terminal.outInk()), () -> Finding.json(findings)));
        }
        return ExitCode.DONE.code();
    }

    /** Empty for what can be a path alone. */
    private Optional<DeploymentName> name() {
        try {
            return Optional.of(DeploymentName.of(what));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private static List<Finding> ofName(Reasons reasons, DeploymentName name) {
        List<Finding> findings = Stream.of(reasons.of(name), reasons.of(NodeId.of(name.value())))
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .toList();
        if (findings.isEmpty()) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    new Cause(
                            "there is no module '%s', and the mesh knows no deployment and no node of that name"
                                    .formatted(name),
                            "mesh",
                            "`harmony status` lists deployments, `harmony node list` nodes; of a module, name its folder or jar"));
        }
        return findings;
    }

    private int ofModule(ModuleSource source) {
        LoadedModule loaded = ModuleArgument.load(source, settings, terminal);
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
