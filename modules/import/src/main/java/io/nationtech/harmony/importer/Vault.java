package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.value.SecretRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The secrets of an application: which names they get, and which values are one secret. It alone holds values, and gives none away.
 */
final class Vault {
    /** What is shorter is a word that stands in many places. */
    static final int LEAST_TOLD_APART = 8;

    private static final int LONGEST = 63;

    private final Map<String, SecretRef> byVariable = new LinkedHashMap<>();
    private final Map<String, SecretRef> byValue = new LinkedHashMap<>();
    private final Map<SecretRef, Place> places = new LinkedHashMap<>();

    /** The secret of a variable of the source. */
    SecretRef ofVariable(String variable, Optional<String> value, Place at) {
        SecretRef known = byVariable.get(variable);
        if (known != null) {
            return known;
        }
        SecretRef secret = value.map(byValue::get).orElseGet(() -> named(label(variable), at));
        byVariable.put(variable, secret);
        value.filter(text -> !text.isEmpty()).ifPresent(text -> byValue.putIfAbsent(text, secret));
        return secret;
    }

    /** The secret that a program reads as a file of that name, which is its own. */
    SecretRef ofFile(String name, Place at) {
        SecretRef secret = SecretRef.parse(label(name));
        places.putIfAbsent(secret, at);
        return secret;
    }

    /**
     * The secret with that value.
     *
     * @param name by which it is known where it stands
     * @param owner in whose place that name may be another's too
     */
    SecretRef ofValue(String value, String name, String owner, Place at) {
        SecretRef known = byValue.get(value);
        if (known != null) {
            return known;
        }
        String label = label(name);
        SecretRef secret = places.keySet().stream().anyMatch(one -> one.name().equals(label))
                ? named(label(owner + "-" + name), at)
                : named(label, at);
        byValue.put(value, secret);
        return secret;
    }

    private SecretRef named(String label, Place at) {
        String free = Stream.iterate(2, number -> number + 1)
                .map(number -> label(label.substring(0, Math.min(label.length(), LONGEST - 4)) + "-" + number))
                .filter(name -> !isTaken(name))
                .findFirst()
                .orElseThrow();
        SecretRef secret = SecretRef.parse(isTaken(label) ? free : label);
        places.put(secret, at);
        return secret;
    }

    private boolean isTaken(String name) {
        return places.keySet().stream().anyMatch(secret -> secret.name().equals(name));
    }

    /** A name for something as a DNS label has it. */
    static String label(String name) {
        String label =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String cut = label.length() > LONGEST ? label.substring(0, LONGEST).replaceAll("-+$", "") : label;
        return cut.isEmpty() ? "unnamed" : cut;
    }

    /** The secret whose value is somewhere in a text, the longest first. */
    Optional<Map.Entry<String, SecretRef>> in(String text) {
        return byValue.entrySet().stream()
                .filter(entry -> entry.getKey().length() >= LEAST_TOLD_APART && text.contains(entry.getKey()))
                .max((one, other) ->
                        Integer.compare(one.getKey().length(), other.getKey().length()));
    }

    /** All of them, and where each was found first. */
    List<WantedSecret> wanted() {
        return places.entrySet().stream()
                .map(entry -> new WantedSecret(entry.getKey(), entry.getValue()))
                .toList();
    }
}
