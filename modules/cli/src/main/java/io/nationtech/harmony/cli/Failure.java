package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.operator.ModuleRefusedException;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a command that threw tells people, and ends with. */
record Failure(Cause cause, ExitCode exitCode, Throwable trigger) {

    /** How much is told. */
    enum Detail {
        CAUSE,
        STACK
    }

    static Failure of(Throwable thrown) {
        return switch (thrown) {
            case CommandFailedException failed -> new Failure(failed.why(), failed.exitCode(), thrown);
            case ModuleRefusedException refused -> new Failure(refused.why(), ExitCode.NO_MODULE, thrown);
            case MeshUnavailableException away -> new Failure(away.why(), ExitCode.NO_MESH, thrown);
            case SecretsUnavailableException unavailable -> new Failure(unavailable.why(), ExitCode.FAILED, thrown);
            case InvalidValueException invalid ->
                new Failure(
                        new Cause(String.valueOf(invalid.getMessage()), "this command", "correct the value"),
                        ExitCode.FAILED,
                        thrown);
            default ->
                new Failure(
                        new Cause(
                                "something unforeseen: " + thrown,
                                "the command line itself",
                                "run it again with --verbose and report what it shows"),
                        ExitCode.FAILED,
                        thrown);
        };
    }

    /** For programs: as a deploy that failed is told. */
    Object json() {
        return json(List.of(cause));
    }

    static Object json(List<Cause> causes) {
        return Json.object(
                "result", "failed", "causes", causes.stream().map(Json::of).toList());
    }

    int tell(Terminal terminal, Detail detail) {
        terminal.complain(cause);
        if (detail == Detail.STACK) {
            trigger.printStackTrace(terminal.err());
        }
        return exitCode.code();
    }

    static int tellUsage(ParameterException failure, Terminal terminal) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        String what = String.valueOf(failure.getMessage());
        List<String> meant =
                failure instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String next = meant.isEmpty()
                ? "`%s --help` shows what it understands".formatted(command)
                : "did you mean `%s`? `%s --help` shows what it understands"
                        .formatted(String.join("`, `", meant), command);
        terminal.complain(new Cause(what, command, next));
        return ExitCode.USAGE.code();
    }
}
