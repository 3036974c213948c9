package io.nationtech.harmony.domain.value;

import io.nationtech.harmony.domain.check.RunTimeOnly;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A text of which parts are secrets, as an address with a password in it: {@code postgres://app:…@db/shop}. It names the secrets, and is put
 * together only where it is read. Written as {@code postgres://app:${db:url}@db/shop}, with {@code $$} for a dollar.
 *
 * @param parts of which plain ones that follow each other become one, and empty ones none
 */
public record SecretText(List<Part> parts) {
    private static final Pattern WRITTEN =
            Pattern.compile("(?<plain>[^$]+)|\\$\\$|\\$\\{(?<name>[^}:]*)(?<url>:url)?}");

    /** A part of such a text. */
    public sealed interface Part {
        /** What everybody may read. */
        record Plain(EnvText text) implements Part {}

        /** The value of a secret, as it is. */
        record Value(SecretRef secret) implements Part {}

        /** The value of a secret as it stands in a URL: each byte but letters, digits and {@code -._~} as {@code %} and two digits (RFC 3986 §2.1). */
        record InUrl(SecretRef secret) implements Part {}
    }

    public SecretText {
        parts = joined(parts);
    }

    /** Begins a text with what everybody may read. */
    public static SecretText of(EnvText plain) {
        return new SecretText(List.of(new Part.Plain(plain)));
    }

    /** The value of a secret, as it is. */
    public static SecretText of(SecretRef secret) {
        return new SecretText(List.of(new Part.Value(secret)));
    }

    /**
     * A text as {@link #toString} writes it, which comes from outside the program.
     *
     * @throws InvalidValueException when it is none
     */
    @RunTimeOnly(instead = "SecretText.of")
    public static SecretText parse(String written) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = WRITTEN.matcher(written);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            parts.add(part(matcher));
            end = matcher.end();
        }
        if (end < written.length()) {
            throw new InvalidValueException(
                    "a dollar of a text with secrets begins ${name}, ${name:url} or $$, and not so at character %d"
                            .formatted(end + 1));
        }
        return new SecretText(parts);
    }

    private static Part part(Matcher matcher) {
        if (matcher.group("name") != null) {
            SecretRef secret = SecretRef.parse(matcher.group("name"));
            return matcher.group("url") == null ? new Part.Value(secret) : new Part.InUrl(secret);
        }
        return new Part.Plain(EnvText.of(matcher.group("plain") == null ? "$" : matcher.group("plain")));
    }

    private static List<Part> joined(List<Part> parts) {
        List<Part> joined = new ArrayList<>();
        for (Part part : parts) {
            if (part.equals(new Part.Plain(EnvText.of("")))) {
                continue;
            }
            if (part instanceof Part.Plain(EnvText more)
                    && !joined.isEmpty()
                    && joined.getLast() instanceof Part.Plain(EnvText before)) {
                joined.set(joined.size() - 1, new Part.Plain(EnvText.of(before.value() + more.value())));
            } else {
                joined.add(part);
            }
        }
        return List.copyOf(joined);
    }

    /** The same with this after it. */
    public SecretText and(EnvText plain) {
        return and(new Part.Plain(plain));
    }

    /** The same with the value of a secret after it, as it is. */
    public SecretText and(SecretRef secret) {
        return and(new Part.Value(secret));
    }

    /** The same with the value of a secret after it, escaped as between the delimiters of a URL. */
    public SecretText inUrl(SecretRef secret) {
        return and(new Part.InUrl(secret));
    }

    private SecretText and(Part part) {
        return new SecretText(Stream.concat(parts.stream(), Stream.of(part)).toList());
    }

    /** The secrets in it, each once. */
    public List<SecretRef> secrets() {
        return parts.stream()
                .flatMap(part -> switch (part) {
                    case Part.Plain _ -> Stream.<SecretRef>of();
                    case Part.Value(SecretRef secret) -> Stream.of(secret);
                    case Part.InUrl(SecretRef secret) -> Stream.of(secret);
                })
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        Function<Part, String> written = part -> switch (part) {
            case Part.Plain(EnvText text) -> text.value().replace("$", "$$");
            case Part.Value(SecretRef secret) -> "${%s}".formatted(secret.name());
            case Part.InUrl(SecretRef secret) -> "${%s:url}".formatted(secret.name());
        };
        return parts.stream().map(written).collect(Collectors.joining());
    }
}
