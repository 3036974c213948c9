package io.nationtech.harmony.checker;

import com.sun.source.util.TreePath;
import io.nationtech.harmony.checker.Factories.Argument;
import io.nationtech.harmony.checker.Factories.Call;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;

/** Says why a call on constants failed, and at which argument. */
record Refusals(Call call, List<Argument> arguments) {
    private static final String REFUSAL = "io.nationtech.harmony.domain.check.Refusal";

    Evaluation explain(Throwable failure) {
        return switch (failure) {
            case CompiledClasses.Beyond beyond ->
                refused("%s uses %s; a checked factory must not touch files, network, processes or threads"
                        .formatted(call.name(), beyond.getMessage()));
            case ExceptionInInitializerError e when e.getCause() != null -> explain(e.getCause());
            case UnsatisfiedLinkError _ ->
                refused("%s uses native code; a checked factory must not touch files, network, processes or threads"
                        .formatted(call.name()));
            case NoClassDefFoundError missing when isBeingCompiled(missing) -> Evaluation.NOT_RUNNABLE;
            case LinkageError missing -> unlinkable(missing);
            case IllegalArgumentException e when hasMessage(e) -> refused(e);
            case ArithmeticException e when hasMessage(e) -> refused(e);
            case DateTimeException e when hasMessage(e) -> refused(e);
            default -> unexpected(failure);
        };
    }

    private static boolean hasMessage(Exception e) {
        return e.getMessage() != null && !e.getMessage().isBlank();
    }

    private static boolean isBeingCompiled(NoClassDefFoundError missing) {
        return missing.getCause() instanceof CompiledClasses.BeingCompiled;
    }

    private Evaluation refused(String message) {
        return Evaluation.Refused.at(call.path(), message, "told by the Harmony checker");
    }

    private Evaluation refused(Exception refusal) {
        String message = String.valueOf(refusal.getMessage());
        String line = message.lines().findFirst().orElse(message);
        return Evaluation.Refused.at(
                offender(refusal), line, "%s ran during compilation and refused".formatted(call.name()));
    }

    private Evaluation unexpected(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String where = trace.length == 0 ? "" : " at " + trace[0];
        return Evaluation.Refused.at(
                call.path(),
                "%s fails on these constants: %s".formatted(call.name(), failure),
                "it ran during compilation%s and would fail so at run time".formatted(where));
    }

    private Evaluation unlinkable(LinkageError missing) {
        return new Evaluation.Refused(new Finding(
                call.path(),
                Finding.Weight.WARNING,
                "%s could not be checked: %s".formatted(call.name(), missing),
                "add the module or jar that has this class to the dependencies"));
    }

    /** The argument at fault: the only one, or the one that the exception names; else the whole call. */
    private TreePath offender(Exception refusal) {
        if (arguments.size() == 1) {
            return arguments.getFirst().path();
        }
        return culprit(refusal).flatMap(this::argument).orElse(call.path());
    }

    /** First the very object: two arguments may be equal. */
    @SuppressWarnings("ReferenceEquality")
    private Optional<TreePath> argument(Object culprit) {
        return arguments.stream()
                .filter(argument -> argument.value() == culprit)
                .findFirst()
                .or(() -> arguments.stream()
                        .filter(argument -> argument.value().equals(culprit))
                        .findFirst())
                .map(Argument::path);
    }

    private static Optional<?> culprit(Exception refusal) {
        try {
            Class<?> knows = Class.forName(REFUSAL, false, refusal.getClass().getClassLoader());
            return knows.isInstance(refusal)
                    ? (Optional<?>) knows.getMethod("culprit").invoke(refusal)
                    : Optional.empty();
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }
}
