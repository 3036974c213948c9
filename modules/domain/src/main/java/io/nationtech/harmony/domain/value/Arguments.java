package io.nationtech.harmony.domain.value;

import java.util.List;
import java.util.stream.Stream;

/**
 * Words of a command, each of which its program gets as it stands here: no shell splits, joins or replaces anything. Each is any text as
 * {@link EnvText} is one; 1 to 1,000 words of 131,072 bytes of UTF-8 together. No place for secrets: everybody on the node may read them.
 */
public record Arguments(List<String> words) {
    private static final int MOST_WORDS = 1_000;

    /** As with the environment, since both stand in one line of a unit file. */
    private static final int MOST_BYTES = 131_072;

    public Arguments {
        words = List.copyOf(words);
        if (words.isEmpty() || words.size() > MOST_WORDS) {
            throw new InvalidValueException(
                    "a command has 1 to %d words, and not %d".formatted(MOST_WORDS, words.size()));
        }
        words.forEach(word -> ProcessText.require("a word of a command", word));
        int bytes = words.stream().mapToInt(ProcessText::bytes).sum();
        if (bytes > MOST_BYTES) {
            throw new InvalidValueException(
                    "the words of a command have %d bytes together, and may have %d: put what is long into a file"
                            .formatted(bytes, MOST_BYTES));
        }
    }

    /**
     * @throws InvalidValueException when a word is too long, or has control characters or half a surrogate pair
     */
    public static Arguments of(String first, String... others) {
        return new Arguments(Stream.concat(Stream.of(first), Stream.of(others)).toList());
    }

    @Override
    public String toString() {
        return words.toString();
    }
}
