package io.nationtech.harmony.podman;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts of what unit files, shells and commands read in ways of their own. */
final class OddValues {
    private static final List<String> PARTS = List.of(
            " ", "\t", "\n", "\"", "'", "\\", "%", "$", "{", "}", ";", "#", "=", ":", "@", "-", "+", "!", "|", "~", "*",
            "%h", "%%", "$$", "${HOME}", "$HOME", "\\n", "\\x41", "\\", "a", "Z", "0", "ä", "€", "日本", "😀", "\u00a0");
    private static final int MOST_PARTS = 8;

    private OddValues() {}

    /** So many, each part alone among them, and none twice the same way. */
    static List<String> of(long seed, int count) {
        Random random = new Random(seed);
        Stream<String> mixed = Stream.generate(() -> IntStream.range(0, random.nextInt(MOST_PARTS + 1))
                .mapToObj(_ -> PARTS.get(random.nextInt(PARTS.size())))
                .collect(Collectors.joining()));
        return Stream.concat(PARTS.stream(), mixed).limit(count).toList();
    }
}
