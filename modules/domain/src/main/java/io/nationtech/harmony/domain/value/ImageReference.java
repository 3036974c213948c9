package io.nationtech.harmony.domain.value;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A container image by registry, repository and a tag or digest, as in {@code registry.example.org/team/app:1.2}.
 * The registry is always named, and so is a version, so that a reference means the same on every node.
 * Grammar: the OCI distribution specification 1.1, "Pulling manifests".
 */
public record ImageReference(String value) {
    private static final int LONGEST = 512;
    private static final String COMPONENT = "[a-z0-9]++(?:(?:[._]|__|-++)[a-z0-9]++)*+";
    private static final String TAG = "[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}+";
    private static final Pattern FORM =
            Pattern.compile("(%s(?::([0-9]{1,5}+))?+)/%s(?:/%s)*+(?::(%s))?+(?:@sha256:[0-9a-f]{64})?+"
                    .formatted(RegistryHost.NAME, COMPONENT, COMPONENT, TAG));
    // By number: the names of groups are copied at every question.
    private static final int REGISTRY = 1;
    private static final int PORT = 2;
    private static final int VERSION = 3;

    public ImageReference {
        var match = value.length() > LONGEST ? FORM.matcher("") : FORM.matcher(value);
        if (!match.matches()) {
            throw new InvalidValueException(
                    "'%s' is not an image reference; write registry/name:tag, as in registry.example.org/site:1.2"
                            .formatted(value));
        }
        String registry = match.group(REGISTRY);
        if (!RegistryHost.isHost(registry)) {
            throw new InvalidValueException(
                    "image '%s' names no registry; '%s' is not a host name. Write registry/name:tag"
                            .formatted(value, registry));
        }
        if (match.start(PORT) >= 0) {
            Port.of(Integer.parseInt(match.group(PORT)));
        }
        boolean pinned = value.contains("@");
        if (match.start(VERSION) < 0 && !pinned) {
            throw new InvalidValueException(
                    "image '%s' has neither tag nor digest; did you mean '%s:1'?".formatted(value, value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is no reference, names no registry, or neither a tag nor a digest, or
     *     floats ({@code latest})
     */
    public static ImageReference of(String value) {
        ImageReference reference = new ImageReference(value);
        if (value.endsWith(":latest")) {
            throw new InvalidValueException(
                    "image '%s' floats: 'latest' means something else on every node and day. Name a version or a digest"
                            .formatted(value));
        }
        return reference;
    }

    /**
     * A reference whose tag may be {@code latest}, where nobody knows yet which version is meant. The rule {@code image-floats} refuses it unless it is
     * allowed.
     *
     * @throws InvalidValueException when {@code value} is no reference, names no registry, or neither a tag nor a digest
     */
    public static ImageReference floating(String value) {
        return new ImageReference(value);
    }

    /** Where it is fetched. */
    public RegistryHost registry() {
        return new RegistryHost(value.substring(0, value.indexOf('/')));
    }

    /** What it is of, as its registry knows that: {@code team/app}. */
    public String repository() {
        String named = named();
        int tag = colon(named);
        return named.substring(value.indexOf('/') + 1, tag < 0 ? named.length() : tag);
    }

    /** The tag; empty where there is a digest alone. */
    public Optional<String> tag() {
        String named = named();
        int tag = colon(named);
        return tag < 0 ? Optional.empty() : Optional.of(named.substring(tag + 1));
    }

    private String named() {
        int at = value.indexOf('@');
        return at < 0 ? value : value.substring(0, at);
    }

    /** Where the tag of a name begins, if it has one: a registry's port comes before the last slash. */
    private static int colon(String named) {
        return named.indexOf(':', named.lastIndexOf('/'));
    }

    /** Which image exactly it names; empty when that is left to its tag. */
    public Optional<ImageDigest> digest() {
        int at = value.indexOf('@');
        return at < 0 ? Optional.empty() : Optional.of(new ImageDigest(value.substring(at + 1)));
    }

    /** That image of the same repository, and no other: the tag is left out. */
    public ImageReference pinnedTo(ImageDigest digest) {
        String named = named();
        int tag = colon(named);
        return new ImageReference("%s@%s".formatted(tag < 0 ? named : named.substring(0, tag), digest));
    }

    /** That image and no other; the tag stays, for people. */
    public ImageReference withDigest(ImageDigest digest) {
        return new ImageReference("%s@%s".formatted(named(), digest));
    }

    @Override
    public String toString() {
        return value;
    }
}
