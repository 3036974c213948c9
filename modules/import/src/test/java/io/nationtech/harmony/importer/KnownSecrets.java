package io.nationtech.harmony.importer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds values of secrets in sources by itself, line by line, knowing nothing of how they are imported: what stands behind a name that says so, as a
 * default of a variable that says so, and the password of an address. {@code Secret=} of a unit has a name. A value that stands in the same source also where no secret does, as the name
 * of a user, is none that could be kept.
 */
final class KnownSecrets {
    private static final String NAMED =
            "[A-Za-z0-9_.-]*(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_KEY|ENCRYPTION_KEY|JWT_KEY|APP_KEY)";
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("(?mi)^(?!(?-i:Secret)=)[ \\t-]*[\"']?" + NAMED
                    + "[\"']?[ \\t]*[:=][ \\t]*[\"']?([^\\s\"'${}#,]{6,})[\"']?[ \\t]*$"),
            Pattern.compile("(?mi)\\$\\{" + NAMED + ":?-([^\\s\"'${}]{6,})}"),
            Pattern.compile("(?m)://[^/?#@:\\s\"']+:([^/?#@\\s\"'${}<>]{6,})@"));
    private static final Pattern NONE = Pattern.compile(
            "(?i)true|false|\\d{1,5}|/.*|https?:.*|.*\\.(txt|json|ya?ml|key|pem)|enabled|disabled|required|optional|password|secret|bcrypt|[a-z]+://.*|file:.*|\\*.*|<.*|&.*|!.*|\\|.*|>.*");

    private KnownSecrets() {}

    static Set<String> in(List<Path> sources) {
        StringBuilder text = new StringBuilder();
        for (Path source : sources) {
            text.append(read(source)).append('\n');
            Path environment = source.resolveSibling(".env");
            if (Files.isRegularFile(environment)) {
                text.append(read(environment)).append('\n');
            }
        }
        return in(text.toString());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Set<String> in(String text) {
        Map<String, Set<Integer>> found = new HashMap<>();
        for (Pattern form : FORMS) {
            Matcher matcher = form.matcher(text);
            while (matcher.find()) {
                if (!NONE.matcher(matcher.group(1)).matches()) {
                    found.computeIfAbsent(matcher.group(1), _ -> new LinkedHashSet<>())
                            .add(matcher.start(1));
                }
            }
        }
        Set<String> secrets = new LinkedHashSet<>();
        found.forEach((value, places) -> {
            List<Integer> all = new ArrayList<>();
            Matcher everywhere = token(value).matcher(text);
            while (everywhere.find()) {
                all.add(everywhere.start());
            }
            if (places.containsAll(all)) {
                secrets.add(value);
            }
        });
        return secrets;
    }

    static boolean stands(String value, String output) {
        return token(value).matcher(output).find();
    }

    private static Pattern token(String value) {
        return Pattern.compile("(?<![A-Za-z0-9_-])" + Pattern.quote(value) + "(?![A-Za-z0-9_-])");
    }
}
