package io.nationtech.harmony.registry;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How a registry wants to be told who asks: RFC 9110 §11.6.1, and the token authentication of the distribution project. */
sealed interface Challenge {

    /** User and password with each request. */
    record Basic() implements Challenge {}

    /**
     * A token, which somebody else gives; to anybody, where the image is public.
     *
     * @param giver who is asked for it, and how
     */
    record Bearer(URI giver) implements Challenge {}

    Pattern PARAMETER = Pattern.compile("([a-z]+)=\"([^\"]*)\"");

    /** The best that is understood of what a registry offers. */
    static Optional<Challenge> of(List<String> headers, String repository) {
        return Stream.concat(
                        headers.stream()
                                .filter(header -> isOf("bearer", header))
                                .flatMap(header -> bearer(header, repository).stream()),
                        headers.stream().filter(header -> isOf("basic", header)).map(_ -> new Basic()))
                .findFirst();
    }

    private static boolean isOf(String scheme, String header) {
        return header.strip().toLowerCase(Locale.ROOT).startsWith(scheme);
    }

    private static Optional<Challenge> bearer(String header, String repository) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2));
        }
        String realm = parameters.getOrDefault("realm", "");
        String scope = parameters.getOrDefault("scope", "repository:%s:pull".formatted(repository));
        String query = "scope=" + encoded(scope)
                + (parameters.containsKey("service")
                        ? "&service=" + encoded(parameters.getOrDefault("service", ""))
                        : "");
        try {
            return Optional.of(new Bearer(URI.create(realm + (realm.contains("?") ? "&" : "?") + query)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
