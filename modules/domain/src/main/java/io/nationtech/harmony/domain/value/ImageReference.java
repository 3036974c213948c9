package io.nationtech.harmony.domain.value;

import java.util.regex.Pattern;

/**
 * A container image by registry, repository and a tag or digest, as in {@code registry.example.org/team/app:1.2}.
 * The registry is always named, and so is a version, so that a reference means the same on every node.
 * Grammar: the OCI distribution specification 1.1, "Pulling manifests".
 */
public record ImageReference(String value) {
    private static final int LONGEST = 512;
    private static final String REGISTRY = "(?<registry>(?<host>%1$s(\\.%1$s)*)(:(?<port>[0-9]{1,5}))?)"
            .formatted("[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?");
    private static final String COMPONENT = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";
    private static final String VERSION = "(:(?<tag>[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}))?(@sha256:[0-9a-f]{64})?";
    private static final Pattern FORM = Pattern.compile(REGISTRY + "/" + COMPONENT + "(/" + COMPONENT + ")*" + VERSION);

    public ImageReference {
        var match = value.length() > LONGEST ? FORM.matcher("") : FORM.matcher(value);
        if (!match.matches()) {
            throw new InvalidValueException(
                    "'%s' is not an image reference; write registry/name:tag, as in registry.example.org/site:1.2"
                            .formatted(value));
        }
        String registry = match.group("registry");
        if (!registry.contains(".") && !registry.contains(":") && !registry.equals("localhost")) {
            throw new InvalidValueException(
                    "image '%s' names no registry; '%s' is no host name. Write registry/name:tag"
                            .formatted(value, registry));
        }
        if (match.group("port") != null) {
            Port.of(Integer.parseInt(match.group("port")));
        }
        if (match.group("tag") == null && !value.contains("@")) {
            throw new InvalidValueException(
                    "image '%s' has neither tag nor digest; did you mean '%s:1'?".formatted(value, value));
        }
        if ("latest".equals(match.group("tag")) && !value.contains("@")) {
            throw new InvalidValueException(
                    "image '%s' floats: 'latest' means something else on every node and day. Name a version or a digest"
                            .formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is no reference, names no registry, or neither a tag nor a digest, or
     *     floats ({@code latest})
     */
    public static ImageReference of(String value) {
        return new ImageReference(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
