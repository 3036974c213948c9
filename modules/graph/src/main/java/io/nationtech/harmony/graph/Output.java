package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.value.ResourceId;
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
    private final Set<ResourceId> earlier;
    private final Function<Outputs, T> read;

    /**
     * @param sources whose outputs are read
     * @param earlier the sources, and what merely comes first
     */
    private Output(Set<ResourceId> sources, Set<ResourceId> earlier, Function<Outputs, T> read) {
        this.sources = Set.copyOf(sources);
        this.earlier = Set.copyOf(earlier);
        this.read = read;
    }

    /** A value that is known. */
    public static <T> Output<T> of(T value) {
        return new Output<>(Set.of(), Set.of(), _ -> value);
    }

    static <T> Output<T> from(ResourceId source, Class<T> type) {
        return new Output<>(Set.of(source), Set.of(source), outputs -> type.cast(outputs.of(source)));
    }

    /** What a pure function makes of the value. */
    public <U> Output<U> map(Function<? super T, ? extends U> function) {
        return new Output<>(sources, earlier, outputs -> function.apply(read.apply(outputs)));
    }

    /** What a pure function makes of this value and another. */
    public <U, V> Output<V> with(Output<U> other, BiFunction<? super T, ? super U, ? extends V> function) {
        return new Output<>(
                union(sources, other.sources),
                union(earlier, other.earlier),
                outputs -> function.apply(read.apply(outputs), other.read.apply(outputs)));
    }

    /** The same value, to be used only once other resources are as declared: an order among what is otherwise independent. */
    public Output<T> after(Output<?> other) {
        return new Output<>(sources, union(earlier, other.earlier), read);
    }

    private static Set<ResourceId> union(Set<ResourceId> one, Set<ResourceId> other) {
        Set<ResourceId> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    Set<ResourceId> sources() {
        return sources;
    }

    Set<ResourceId> earlier() {
        return earlier;
    }

    T resolve(Outputs outputs) {
        return read.apply(outputs);
    }

    /** What resources turned out to be; only asked for the sources. */
    interface Outputs {
        Object of(ResourceId id);
    }
}
