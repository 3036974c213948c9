package io.nationtech.harmony.domain.system;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an operating system says of itself, in the form of os-release(5). A field that is not as it should be counts as none; of several of a name,
 * the first counts.
 *
 * @param text all of it
 */
public record SystemIdentification(String text) {
    private static final String IMAGE = "harmony";
    private static final Pattern VERSION = Pattern.compile("[0-9]{12}");

    /** Its name for people, with its version: at most 200 characters. */
    public Optional<String> prettyName() {
        return field("PRETTY_NAME");
    }

    /** Its name for programs, as {@code debian}. */
    public Optional<String> id() {
        return field("ID");
    }

    /** Its version for programs, as {@code 13}. */
    public Optional<String> versionId() {
        return field("VERSION_ID");
    }

    /** The version of Harmony's image, where it is one. */
    public Optional<SystemVersion> image() {
        return field("IMAGE_ID")
                .filter(IMAGE::equals)
                .flatMap(_ -> field("IMAGE_VERSION"))
                .filter(version -> VERSION.matcher(version).matches())
                .map(SystemVersion::of);
    }

    private Optional<String> field(String name) {
        Matcher found = Pattern.compile(
                        "^%s=(?:\"([^\"\\p{Cntrl}]{1,200})\"|'([^'\\p{Cntrl}]{1,200})'|([^\"'\\s]{1,200}))[ \\t\\r]*$"
                                .formatted(name),
                        Pattern.MULTILINE)
                .matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        return Optional.ofNullable(found.group(1))
                .or(() -> Optional.ofNullable(found.group(2)))
                .or(() -> Optional.ofNullable(found.group(3)));
    }
}
