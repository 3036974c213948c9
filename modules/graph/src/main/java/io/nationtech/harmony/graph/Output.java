package io.nationtech.harmony.graph;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A value that may come out of other resources. What is declared by an output of another resource is applied after it: order
 * follows from the types, and nobody writes it down. A cycle cannot be written, as an output exists only once its resource is
 * declared.
 *
 * @param <T> of the value
 */
public final class Output<T> {
    private final Set<ResourceId> sources;
    private final Function<Outputs, T> read;

    private Output(Set<ResourceId> sources, Function<Outputs, T> read) {
        this.sources = Set.copyOf(sources);
        this.read = read;
    }

    /** A value that is known. */
    public static <T> Output<T> of(T value) {
        return new Output<>(Set.of(), _ -> value);
    }

    static <T> Output<T> from(ResourceId source, Class<T> type) {
        return new Output<>(Set.of(source), outputs -> type.cast(outputs.of(source)));
    }

    /** What a pure function makes of the value. */
    public <U> Output<U> map(Function<? super T, ? extends U> function) {
        return new Output<>(sources, outputs -> function.apply(read.apply(outputs)));
    }

    /** What a pure function makes of this value and another. */
    public <U, V> Output<V> with(Output<U> other, BiFunction<? super T, ? super U, ? extends V> function) {
        Set<ResourceId> both = new TreeSet<>(sources);
        both.addAll(other.sources);
        return new Output<>(both, outputs -> function.apply(read.apply(outputs), other.read.apply(outputs)));
    }

    Set<ResourceId> sources() {
        return sources;
    }

    T resolve(Outputs outputs) {
        return read.apply(outputs);
    }

    /** What resources turned out to be; only asked for the sources. */
    interface Outputs {
        Object of(ResourceId id);
    }
}
