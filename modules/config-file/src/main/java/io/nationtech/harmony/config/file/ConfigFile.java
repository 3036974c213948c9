package io.nationtech.harmony.config.file;

import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file that containers of its deployment may mount, read-only. Made by {@link #of} and said more of fluently. A container that mounts
 * it is made again when anything of it changes, a secret's version included.
 *
 * @param name 1 to 63 of a-z, 0-9, '.' and '-', beginning with a letter or digit
 * @param content the parts, one after the other; 256 KiB of text at most
 * @param mode who may read it
 * @param owner whom it belongs to in the container; root when nobody is named
 */
public record ConfigFile(ResourceName name, List<Part> content, Mode mode, Optional<Owner> owner)
        implements NodeResource {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");
    /** Until a deployment is planned, nobody knows a version. */
    private static final long UNPLANNED = 1;

    private static final int MOST_TEXT = 256 * 1024;

    /** What a file's content is made of. */
    public sealed interface Part {}

    /** Text as it is. */
    public record Text(String text) implements Part {
        @Override
        public String toString() {
            return "\"%s\"".formatted(text);
        }
    }

    /** The value of a secret, filled in on the node; such a file is kept in memory only. */
    public record SecretValue(MountedSecret secret) implements Part {
        @Override
        public String toString() {
            return "${%s}, version %d".formatted(secret.ref().name(), secret.version());
        }
    }

    /** Who may read a file. */
    public enum Mode {
        /** Everybody in the container. */
        ALL,
        /** Its owner alone. */
        OWNER;

        /** What is meant when nothing is said. */
        public static final Mode DEFAULT = ALL;
    }

    /**
     * A user and a group of the container.
     *
     * @param user its number, 0 to 2^31 - 1
     * @param group its number, likewise
     */
    public record Owner(int user, int group) {
        public Owner {
            if (user < 0 || group < 0) {
                throw new InvalidValueException("%d:%d is not a user and group".formatted(user, group));
            }
        }
    }

    public ConfigFile {
        if (!NAME.matcher(name.value()).matches()) {
            throw new InvalidValueException(
                    "'%s' is not the name of a configuration file; use up to 63 of a-z, 0-9, '.' and '-', as in nginx.conf"
                            .formatted(name));
        }
        content = List.copyOf(content);
        int length = texts(content).mapToInt(text -> text.text().length()).sum();
        if (length > MOST_TEXT) {
            throw new InvalidValueException(
                    "configuration file '%s' has %d characters; it may have %d".formatted(name, length, MOST_TEXT));
        }
    }

    private static Stream<Text> texts(List<Part> parts) {
        return parts.stream().filter(Text.class::isInstance).map(Text.class::cast);
    }

    /** One of this text, which everybody in the container may read. */
    public static ConfigFile of(String name, String text) {
        return new ConfigFile(ResourceName.of(name), List.of(new Text(text)), Mode.DEFAULT, Optional.empty());
    }

    /** The same with more text after it. */
    public ConfigFile then(String text) {
        return then(new Text(text));
    }

    /** The same with the value of a secret after it, in the version that it has when the deployment is planned. */
    public ConfigFile then(SecretRef secret) {
        return then(new SecretValue(new MountedSecret(secret, UNPLANNED)));
    }

    /** The same with these versions of its secrets. */
    ConfigFile withVersions(Function<SecretRef, MountedSecret> versions) {
        List<Part> parts = content.stream()
                .<Part>map(part -> switch (part) {
                    case Text text -> text;
                    case SecretValue(MountedSecret secret) -> new SecretValue(versions.apply(secret.ref()));
                })
                .toList();
        return new ConfigFile(name, parts, mode, owner);
    }

    private ConfigFile then(Part part) {
        return new ConfigFile(
                name, Stream.concat(content.stream(), Stream.of(part)).toList(), mode, owner);
    }

    /** The same, belonging to that user and group of the container, who alone may read it. */
    public ConfigFile onlyFor(Owner reader) {
        return new ConfigFile(name, content, Mode.OWNER, Optional.of(reader));
    }

    /** Its id, of which containers mount it. */
    @Override
    public ResourceId id() {
        return new ResourceId(ConfigFileKind.NAME, name);
    }

    @Override
    public ConfigFile named(ResourceName other) {
        return new ConfigFile(other, content, mode, owner);
    }

    @Override
    public Claim claim() {
        return Claim.NOTHING.secrets(secrets());
    }

    Set<MountedSecret> secrets() {
        return content.stream()
                .filter(SecretValue.class::isInstance)
                .map(part -> ((SecretValue) part).secret())
                .collect(Collectors.toUnmodifiableSet());
    }
}
