package io.nationtech.harmony.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
    /** Tells of all commands. */
    private static final String COMPLETION = "completion";

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
        int code = run(Terminal.ofProcess(System.getenv()), ValueInput.ofProcess(), System.getenv(), arguments);
        if (code != 0 || isAnyoneElseRunning()) {
            System.exit(code);
        }
        // Else the process just ends: exit would wait 0.3 s for threads that are in the kernel, as those of a
        // connection are.
    }

    /** Whether a thread is left for which the process would wait. */
    private static boolean isAnyoneElseRunning() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> !thread.isDaemon() && !thread.equals(Thread.currentThread()));
    }

    /** Without anything to read. */
    static int run(Terminal terminal, Map<String, String> environment, String... arguments) {
        return run(terminal, new ValueInput.Piped(InputStream.nullInputStream()), environment, arguments);
    }

    static int run(Terminal terminal, ValueInput input, Map<String, String> environment, String... arguments) {
        Harmony harmony = new Harmony();
        return commandLine(harmony, terminal, input, arguments)
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

    private static CommandLine commandLine(Harmony harmony, Terminal terminal, ValueInput input, String... arguments) {
        CommandLine all = new CommandLine(harmony);
        needed(commands(terminal, input), arguments).forEach(command -> all.addSubcommand(command.get()));
        all.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(terminal.outInk() == Ink.COLOUR ? Ansi.ON : Ansi.OFF));
        all.getCommandSpec().usageMessage().footer(footer());
        return all;
    }

    /** picocli reads each command's annotations, which takes longer than most of them run: one that is named at once is made alone. */
    private static Collection<Supplier<Object>> needed(Map<String, Supplier<Object>> commands, String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        if (first.equals("--version") || first.equals("-V")) {
            return List.of();
        }
        return commands.containsKey(first) && !first.equals(COMPLETION)
                ? List.of(commands.get(first))
                : commands.values();
    }

    /** All of them by their names, in the order of the help. */
    private static Map<String, Supplier<Object>> commands(Terminal terminal, ValueInput input) {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("new", () -> new NewCommand(terminal));
        all.put("add", () -> new AddCommand(terminal));
        all.put("import", () -> new ImportCommand(terminal));
        all.put("check", () -> new CheckCommand(terminal));
        all.put("pin", () -> new PinCommand(terminal));
        all.put("plan", () -> new PlanCommand(terminal));
        all.put("deploy", () -> new DeployCommand(terminal));
        all.put("apply", () -> new ApplyCommand(terminal));
        all.put("status", () -> new StatusCommand(terminal));
        all.put("drift", () -> new DriftCommand(terminal));
        all.put("operate", () -> new OperateCommand(terminal));
        all.put("graph", () -> new GraphCommand(terminal));
        all.put("why", () -> new WhyCommand(terminal));
        all.put("doctor", () -> new DoctorCommand(terminal));
        all.put("logs", () -> new LogsCommand(terminal));
        all.put("exec", () -> new ExecCommand(terminal, input));
        all.put("restart", () -> new RestartCommand(terminal));
        all.put("audit", () -> new AuditCommand(terminal));
        all.put("withdraw", () -> new WithdrawCommand(terminal));
        all.put("rollout", () -> rollout(terminal));
        all.put("backup", () -> backup(terminal));
        all.put("node", () -> node(terminal));
        all.put("mesh", () -> mesh(terminal));
        all.put("usb", () -> usb(terminal));
        all.put("secret", () -> secret(terminal, input));
        all.put("ca", () -> authority(terminal));
        all.put("login", () -> login(terminal, input));
        all.put("config", () -> new CommandLine(new ConfigCommand()).addSubcommand(new ConfigExplainCommand(terminal)));
        all.put(COMPLETION, () -> new CompletionCommand(terminal));
        return all;
    }

    private static CommandLine node(Terminal terminal) {
        return new CommandLine(new NodeCommand())
                .addSubcommand(new NodeListCommand(terminal))
                .addSubcommand(new NodePingCommand(terminal))
                .addSubcommand(new NodeShowCommand(terminal))
                .addSubcommand(new NodeDiffCommand(terminal))
                .addSubcommand(new NodeCordonCommand(terminal))
                .addSubcommand(new NodeDrainCommand(terminal))
                .addSubcommand(new NodeUncordonCommand(terminal))
                .addSubcommand(new NodeUpgradeCommand(terminal))
                .addSubcommand(new NodeRecoveryKeyCommand(terminal))
                .addSubcommand(new NodeResetCommand(terminal))
                .addSubcommand(new NodeForgetCommand(terminal));
    }

    private static CommandLine mesh(Terminal terminal) {
        return new CommandLine(new MeshCommand())
                .addSubcommand(new MeshCreateCommand(terminal))
                .addSubcommand(new MeshServerCommand(terminal))
                .addSubcommand(new MeshSiteCommand(terminal))
                .addSubcommand(new MeshLoginCommand(terminal))
                .addSubcommand(new MeshListCommand(terminal))
                .addSubcommand(new MeshRenewCommand(terminal))
                .addSubcommand(new MeshRevokeCommand(terminal))
                .addSubcommand(new MeshWordsCommand(terminal))
                .addSubcommand(new MeshShowCommand(terminal));
    }

    private static CommandLine usb(Terminal terminal) {
        return new CommandLine(new UsbCommand())
                .addSubcommand(new UsbCreateCommand(terminal))
                .addSubcommand(new UsbCheckCommand(terminal))
                .addSubcommand(new UsbTemplateCommand(terminal));
    }

    private static CommandLine secret(Terminal terminal, ValueInput input) {
        return new CommandLine(new SecretCommand())
                .addSubcommand(new SecretSetCommand(terminal, input))
                .addSubcommand(new SecretGetCommand(terminal))
                .addSubcommand(new SecretListCommand(terminal))
                .addSubcommand(new SecretRotateCommand(terminal))
                .addSubcommand(new CommandLine(new SecretCommand.Key())
                        .addSubcommand(new SecretKeyNewCommand(terminal))
                        .addSubcommand(new SecretKeyShowCommand(terminal)));
    }

    private static CommandLine authority(Terminal terminal) {
        return new CommandLine(new CaCommand())
                .addSubcommand(new CaCreateCommand(terminal))
                .addSubcommand(new CaShowCommand(terminal));
    }

    private static CommandLine login(Terminal terminal, ValueInput input) {
        return new CommandLine(new LoginCommand())
                .addSubcommand(new LoginSetCommand(terminal, input))
                .addSubcommand(new LoginListCommand(terminal))
                .addSubcommand(new LoginRemoveCommand(terminal));
    }

    private static CommandLine backup(Terminal terminal) {
        return new CommandLine(new BackupCommand())
                .addSubcommand(new BackupListCommand(terminal))
                .addSubcommand(new BackupRunCommand(terminal))
                .addSubcommand(new BackupVerifyCommand(terminal))
                .addSubcommand(new BackupRestoreCommand(terminal));
    }

    private static CommandLine rollout(Terminal terminal) {
        return new CommandLine(new RolloutCommand())
                .addSubcommand(new RolloutStatusCommand(terminal))
                .addSubcommand(new RolloutPauseCommand(terminal))
                .addSubcommand(new RolloutResumeCommand(terminal));
    }

    private static String[] footer() {
        Stream<String> examples = Stream.of(
                "",
                "Examples:",
                "  harmony new my-lab                       a project to begin with",
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
            return new String[] {"harmony " + number()};
        }

        /** As Maven has it. */
        static String number() {
            // Classes in no jar have none; tests run them.
            return Harmony.class.getModule().getDescriptor().rawVersion().orElse("0.1.0-SNAPSHOT");
        }
    }
}
