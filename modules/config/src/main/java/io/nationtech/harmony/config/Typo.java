package io.nationtech.harmony.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant. */
public final class Typo {
    private static final int FARTHEST = 2;

    private Typo() {}

    /** The written word that is nearest to the wanted one, at most two letters away. */
    public static Optional<String> of(String wanted, Collection<String> written) {
        return written.stream()
                .filter(word -> Math.abs(word.length() - wanted.length()) <= FARTHEST)
                .filter(word -> distance(word, wanted) <= FARTHEST)
                .min(Comparator.comparingInt((String word) -> distance(word, wanted))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters to change, add or remove (Levenshtein), row by row. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
