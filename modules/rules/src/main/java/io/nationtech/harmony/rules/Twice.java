package io.nationtech.harmony.rules;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds what is there twice, in one pass. */
final class Twice {
    private Twice() {}

    /** A finding for each that has the key of an earlier one. */
    static <T, K> Stream<Finding> among(Stream<T> all, Function<T, K> key, BiFunction<T, T, Finding> told) {
        Map<K, T> first = new HashMap<>();
        return all.flatMap(each -> {
            T earlier = first.putIfAbsent(key.apply(each), each);
            return earlier == null ? Stream.empty() : Stream.of(told.apply(earlier, each));
        });
    }
}
