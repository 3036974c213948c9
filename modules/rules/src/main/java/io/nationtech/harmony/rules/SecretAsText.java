package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A plain variable has, by its name or its form, a password as its value, which plans show and everybody on the node may read. */
record SecretAsText() implements Rule {
    private static final Pattern NAME = Pattern.compile(
            "(.*_)?(PASSWORD|PASSWD|PASSPHRASE|TOKEN|SECRET|API_KEY|SECRET_KEY|PRIVATE_KEY)", Pattern.CASE_INSENSITIVE);
    /** Such names stand for a switch too, as in {@code ALLOW_EMPTY_PASSWORD=yes}. */
    private static final Set<String> SWITCHES = Set.of("", "0", "1", "yes", "no", "true", "false", "on", "off");

    private static final Pattern ADDRESS =
            Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#@:\\s]*:[^/?#@\\s]+@.*", Pattern.DOTALL);

    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.copies().stream()
                .flatMap(copies -> new TreeMap<>(copies.container().execution().env())
                        .entrySet().stream()
                                .filter(variable -> isSecret(variable.getKey(), variable.getValue()))
                                .map(variable -> Finding.of(
                                        "variable %s of service '%s' has a secret as plain text, which plans show and everybody on the node may read; put it into the store and name it by secretEnv(…), or @Allow it"
                                                .formatted(variable.getKey(), copies.name()),
                                        copies.name())));
    }

    private static boolean isSecret(EnvName name, EnvText text) {
        String value = text.value();
        boolean isNamedSo = NAME.matcher(name.value()).matches()
                && !value.startsWith("/")
                && !SWITCHES.contains(value.toLowerCase(Locale.ROOT));
        return isNamedSo || ADDRESS.matcher(value).matches();
    }
}
