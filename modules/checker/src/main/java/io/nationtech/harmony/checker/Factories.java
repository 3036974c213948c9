package io.nationtech.harmony.checker;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.nationtech.harmony.checker.Evaluation.Known;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import javax.lang.model.element.Element;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Runs the factories, constructors and static initialisers of compiled classes, and says what came of it. */
final class Factories {
    private final Reflection reflection;
    private final Watch watch;
    private final Duration limit;
    private final Set<Tree> overdue = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Element> slow = new HashSet<>();
    private volatile Optional<Element> running = Optional.empty();

    Factories(Reflection reflection, Watch watch, Duration limit) {
        this.reflection = reflection;
        this.watch = watch;
        this.limit = limit;
    }

    /** A call as the source has it; there is a receiver only for methods of objects. */
    record Call(TreePath path, Callee callee, Optional<Object> receiver) {
        /** The call for people, as in {@code Port.of} or {@code new HttpProbe}. */
        String name() {
            return callee.name();
        }
    }

    /** An argument as it stands in the source, and its value. */
    record Argument(TreePath path, Object value) {}

    /** Never runs this call again, which took too long, nor others of its type, so that each type costs the limit once at most. */
    void avoid(Tree call) {
        overdue.add(call);
        running.ifPresent(slow::add);
    }

    Evaluation run(Call call, List<Argument> arguments) {
        if (overdue.contains(call.path().getLeaf())) {
            return Evaluation.Refused.at(
                    call.path(),
                    "%s did not end within %s s on these constants; a checked factory must end at once"
                            .formatted(
                                    call.name(),
                                    BigDecimal.valueOf(limit.toMillis(), 3)
                                            .stripTrailingZeros()
                                            .toPlainString()),
                    "given up by the Harmony checker, so that the compilation goes on");
        }
        List<Object> values = new ArrayList<>(arguments.size());
        for (Argument argument : arguments) {
            values.add(argument.value());
        }
        return attempt(
                call.path().getLeaf(),
                call.callee().owner(),
                () -> reflection.call(call.callee(), call.receiver().orElse(null), values),
                new Refusals(call, arguments)::explain);
    }

    /** The value of a static final field of a compiled class. */
    Evaluation staticField(TreePath use, VariableElement field) {
        return attempt(
                use.getLeaf(),
                Objects.requireNonNull(field.getEnclosingElement()),
                () -> reflection.value(field),
                _ -> Evaluation.NOT_RUNNABLE);
    }

    Evaluation classLiteral(TypeMirror type) {
        return loaded(() -> reflection.classOf(type));
    }

    Evaluation array(TypeMirror component, List<Object> values) {
        return loaded(() -> Reflection.array(reflection.classOf(component), values));
    }

    /** A set of capabilities is written from its source, which may name one that is not there; the compiler tells that. */
    private static Evaluation loaded(Callable<Object> made) {
        try {
            return new Known(made.call());
        } catch (Exception | LinkageError e) {
            return Evaluation.NOT_RUNNABLE;
        }
    }

    /** The edge to foreign code: whatever it throws becomes a value. */
    private Evaluation attempt(
            Tree place, Element owner, Callable<@Nullable Object> foreign, Function<Throwable, Evaluation> explain) {
        if (slow.contains(owner)) {
            return Evaluation.NOT_RUNNABLE;
        }
        running = Optional.of(owner);
        try {
            Object value = watch.call(place, foreign);
            return value == null ? Evaluation.AT_RUN_TIME : new Known(value);
        } catch (InvocationTargetException e) {
            return explained(place, explain, e.getTargetException());
        } catch (Watch.LeftBehind e) {
            throw e;
        } catch (ReflectiveOperationException e) {
            return Evaluation.NOT_RUNNABLE;
        } catch (Exception | LinkageError e) {
            return explained(place, explain, e);
        }
    }

    /** An exception's message is foreign code too. */
    private Evaluation explained(Tree place, Function<Throwable, Evaluation> explain, Throwable failure) {
        try {
            return watch.call(place, () -> explain.apply(failure));
        } catch (Watch.LeftBehind e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError e) {
            return explain.apply(new IllegalStateException(failure.getClass().getName()
                    + ", whose message cannot be had: " + e.getClass().getName()));
        }
    }
}
