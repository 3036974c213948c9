package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.OnDrift;
import io.nationtech.harmony.engine.ApplyTerms;
import io.nationtech.harmony.engine.DeployProgress;
import io.nationtech.harmony.engine.Deployer;
import io.nationtech.harmony.engine.OperateProgress;
import io.nationtech.harmony.engine.Operation;
import io.nationtech.harmony.engine.SecretSupply;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.operator.LoadedModule;
import io.nationtech.harmony.operator.RolloutTakeover;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "operate",
        description =
                "Keep a deployment true until stopped: look on an interval and whenever something changes, and repair.",
        footer = {
            "",
            "It looks and repairs as `harmony deploy` does, and never deletes what holds data. Stop it with Ctrl-C or SIGTERM.",
            "",
            "Examples:",
            "  harmony operate modules/website-deploy --every 30s",
            "  harmony operate modules/website-deploy --report-only",
            "  harmony operate modules/website-deploy --output json | jq -r .event"
        })
final class OperateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModuleArgument module = new ModuleArgument();

    @Option(
            names = "--every",
            paramLabel = "<interval>",
            defaultValue = "30s",
            converter = ReadInterval.class,
            description = "how often to look when nothing is told to change, 1s to 24h (default: ${DEFAULT-VALUE})")
    private Duration every = Duration.ofSeconds(30);

    @Option(names = "--report-only", description = "tell what differs and change nothing, whatever the deployment says")
    private boolean reportOnly;

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Mixin
    private TimeoutOption timeout = new TimeoutOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private MeshOption mesh = new MeshOption();

    OperateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LoadedModule loaded = module.load(settings, terminal);
        Deployment<?> deployment = loaded.deployment();
        try (MeshSession session = mesh.open(loaded);
                DeploymentSecrets from = settings.secrets().of(deployment);
                Interruption _ = Interruption.explained(terminal)) {
            MeshJournals journals = session.journals(terminal);
            terminal.say("Keeping deployment %s as declared: looking every %s and on every change"
                    .formatted(deployment.name(), Elapsed.of(every)));
            try (RolloutTakeover takeover = new RolloutTakeover(session.fleet(), journals, PersonAtKeyboard.author())) {
                if (onDrift(deployment) == OnDrift.REPAIR) {
                    takeover.start();
                }
                new Operation(
                                session.fleet(),
                                journals,
                                mode(deployment, session, journals, from.supply()),
                                every,
                                progress(deployment),
                                from.supply())
                        .run(deployment);
            }
            return ExitCode.DONE.code();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    new Cause("stopped", "operate", "what was repaired stays so; begin again to go on"),
                    e);
        }
    }

    private OperateProgress progress(Deployment<?> deployment) {
        return output.choose(() -> new OperateLines(terminal), () -> new OperateJson(terminal, deployment.name()));
    }

    private OnDrift onDrift(Deployment<?> deployment) {
        return reportOnly ? OnDrift.REPORT : deployment.onDrift();
    }

    private Operation.Mode mode(
            Deployment<?> deployment, MeshSession session, MeshJournals journals, SecretSupply supply) {
        ApplyTerms terms = ApplyTerms.careful(timeout.duration(), DeployProgress.silent());
        return Operation.Mode.of(
                onDrift(deployment), new Deployer(session.fleet(), journals, PersonAtKeyboard.author(), terms, supply));
    }

    /** Reads {@code 30s}, {@code 5m} or {@code 1h}, and bounds it. */
    static final class ReadInterval implements ITypeConverter<Duration> {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,5})([smh])");
        private static final Duration LONGEST = Duration.ofDays(1);

        @Override
        public Duration convert(String text) {
            Matcher match = FORM.matcher(text);
            Duration interval = match.matches() ? of(Long.parseLong(match.group(1)), match.group(2)) : Duration.ZERO;
            if (!interval.isPositive() || interval.compareTo(LONGEST) > 0) {
                throw new TypeConversionException(
                        "'%s' is not an interval from 1s to 24h, such as 30s, 5m or 1h".formatted(text));
            }
            return interval;
        }

        private static Duration of(long count, String unit) {
            return switch (unit) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> throw new IllegalStateException("unit " + unit);
            };
        }
    }
}
