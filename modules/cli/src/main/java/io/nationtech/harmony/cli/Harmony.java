package io.nationtech.harmony.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code harmony}. */
@Command(
        name = "harmony",
        versionProvider = Harmony.Version.class,
        description = "Deploys what Java modules declare onto the nodes of a mesh.",
        synopsisSubcommandLabel = "<command>",
        sortOptions = false,
        subcommandsRepeatable = false)
public final class Harmony {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this help")
    @SuppressWarnings("unused") // picocli's own
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version")
    @SuppressWarnings("unused") // picocli's own
    private boolean version;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "show where an error came from in the code (environment: HARMONY_DEBUG=1)")
    private boolean verbose;

    private Harmony() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String... arguments) {
        System.exit(run(Terminal.ofProcess(System.getenv()), ValueInput.ofProcess(), System.getenv(), arguments));
    }

    /** Without anything to read. */
    static int run(Terminal terminal, Map<String, String> environment, String... arguments) {
        return run(terminal, new ValueInput.Piped(InputStream.nullInputStream()), environment, arguments);
    }

    static int run(Terminal terminal, ValueInput input, Map<String, String> environment, String... arguments) {
        Harmony harmony = new Harmony();
        return commandLine(harmony, terminal, input)
                .setExecutionExceptionHandler((thrown, _, parsed) -> {
                    boolean isVerbose = harmony.verbose
                            || !environment.getOrDefault("HARMONY_DEBUG", "").isEmpty();
                    Failure failure = Failure.of(thrown);
                    if (OutputOption.isJson(parsed)) {
                        terminal.result(Json.line(failure.json()));
                    }
                    return failure.tell(terminal, isVerbose ? Failure.Detail.STACK : Failure.Detail.CAUSE);
                })
                .setParameterExceptionHandler((failure, _) -> Failure.tellUsage(failure, terminal))
                .execute(arguments);
    }

    private static CommandLine commandLine(Harmony harmony, Terminal terminal, ValueInput input) {
        CommandLine node = new CommandLine(new NodeCommand())
                .addSubcommand(new NodeListCommand(terminal))
                .addSubcommand(new NodeShowCommand(terminal))
                .addSubcommand(new NodeDiffCommand(terminal))
                .addSubcommand(new NodeCordonCommand(terminal))
                .addSubcommand(new NodeDrainCommand(terminal))
                .addSubcommand(new NodeUncordonCommand(terminal));
        CommandLine secret = new CommandLine(new SecretCommand())
                .addSubcommand(new SecretSetCommand(terminal, input))
                .addSubcommand(new SecretGetCommand(terminal))
                .addSubcommand(new SecretListCommand(terminal))
                .addSubcommand(new SecretRotateCommand(terminal))
                .addSubcommand(new CommandLine(new SecretCommand.Key())
                        .addSubcommand(new SecretKeyNewCommand(terminal))
                        .addSubcommand(new SecretKeyShowCommand(terminal)));
        CommandLine authority = new CommandLine(new CaCommand())
                .addSubcommand(new CaCreateCommand(terminal))
                .addSubcommand(new CaShowCommand(terminal));
        CommandLine backup = new CommandLine(new BackupCommand())
                .addSubcommand(new BackupListCommand(terminal))
                .addSubcommand(new BackupRunCommand(terminal))
                .addSubcommand(new BackupVerifyCommand(terminal))
                .addSubcommand(new BackupRestoreCommand(terminal));
        CommandLine rollout = new CommandLine(new RolloutCommand())
                .addSubcommand(new RolloutStatusCommand(terminal))
                .addSubcommand(new RolloutPauseCommand(terminal))
                .addSubcommand(new RolloutResumeCommand(terminal));
        CommandLine all = new CommandLine(harmony)
                .addSubcommand(new ImportCommand(terminal))
                .addSubcommand(new CheckCommand(terminal))
                .addSubcommand(new PlanCommand(terminal))
                .addSubcommand(new DeployCommand(terminal))
                .addSubcommand(new ApplyCommand(terminal))
                .addSubcommand(new StatusCommand(terminal))
                .addSubcommand(new DriftCommand(terminal))
                .addSubcommand(new OperateCommand(terminal))
                .addSubcommand(new GraphCommand(terminal))
                .addSubcommand(new WhyCommand(terminal))
                .addSubcommand(new LogsCommand(terminal))
                .addSubcommand(new WithdrawCommand(terminal))
                .addSubcommand(rollout)
                .addSubcommand(backup)
                .addSubcommand(node)
                .addSubcommand(secret)
                .addSubcommand(authority)
                .addSubcommand(new CommandLine(new ConfigCommand()).addSubcommand(new ConfigExplainCommand(terminal)))
                .addSubcommand(new CompletionCommand(terminal))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(terminal.outInk() == Ink.COLOUR ? Ansi.ON : Ansi.OFF));
        all.getCommandSpec().usageMessage().footer(footer());
        return all;
    }

    private static String[] footer() {
        Stream<String> examples = Stream.of(
                "",
                "Examples:",
                "  harmony check modules/website-deploy     whether it can be right",
                "  harmony plan modules/website-deploy      what would change",
                "  harmony deploy modules/website-deploy    make it so, and prove it",
                "  harmony status                           how everything is",
                "  harmony node list --output json          for programs",
                "",
                "The result goes to standard output, everything else to standard error.",
                "",
                "Exit codes:");
        Stream<String> codes =
                Arrays.stream(ExitCode.values()).map(code -> "  %d  %s".formatted(code.code(), code.meaning()));
        return Stream.concat(examples, codes).toArray(String[]::new);
    }

    /** The version that this module was compiled as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version =
                    Harmony.class.getModule().getDescriptor().rawVersion().orElse("unknown");
            return new String[] {"harmony " + version};
        }
    }
}
