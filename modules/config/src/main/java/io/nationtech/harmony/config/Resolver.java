package io.nationtech.harmony.config;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks for values in all sources but the prompt; reads the file once. Used by one thread. */
final class Resolver {
    private static final String REFERENCE = "secret:";

    private final ConfigSources sources;
    private final ConfigFile.Content file;
    private final Map<Secrets, Cause> failed = new HashMap<>();

    /** A text, not yet known to be allowed. */
    private record Text(Origin origin, String text) {}

    Resolver(ConfigSources sources) {
        this.sources = sources;
        this.file = sources.file().read();
    }

    List<Cause> problems() {
        return file.problems();
    }

    Found find(Schema.Field field) {
        return switch (field.kind()) {
            case Schema.Kind.Plain(Codec<?> codec) -> plain(field, codec);
            case Schema.Kind.Reference() -> reference(field);
        };
    }

    private Found plain(Schema.Field field, Codec<?> codec) {
        return text(field.key())
                .map(text -> parsed(field, codec, text, text.text()))
                .or(() -> fromStores(field, field.key().secret(), held -> parsed(field, codec, held, Setting.HIDDEN)))
                .orElseGet(() -> absent(field));
    }

    /** Of a secret only the name may stand in the environment or a file; a value that does is not repeated in any message. */
    private Found reference(Schema.Field field) {
        Optional<Text> named = text(field.key());
        if (named.filter(text -> !text.text().startsWith(REFERENCE)).isPresent()) {
            return Found.without(
                    field,
                    new Setting.State.Invalid(
                            named.get().origin(),
                            "a secret's value does not belong there",
                            "remove it, regard it as known to others, and run: harmony secret set "
                                    + field.key().secret().name()));
        }
        SecretRef ref;
        try {
            ref = named.map(text -> SecretRef.parse(text.text().substring(REFERENCE.length())))
                    .orElse(field.key().secret());
        } catch (InvalidValueException e) {
            return Found.without(
                    field,
                    new Setting.State.Invalid(
                            named.orElseThrow().origin(),
                            "what follows 'secret:' is not a secret's name",
                            "name it as in secret:" + field.key().secret().name()));
        }
        return fromStores(field, ref, held -> Found.known(field, held.origin(), Setting.HIDDEN, ref))
                .orElseGet(() -> absentReference(field, ref, named));
    }

    private Optional<Text> text(ConfigKey key) {
        Optional<Text> variable = Optional.ofNullable(sources.environment().get(key.variable()))
                .filter(text -> !text.isBlank())
                .map(text -> new Text(new Origin.Environment(key.variable()), text.strip()));
        return variable.or(() -> Optional.ofNullable(file.lines().get(key.property()))
                .filter(line -> !line.value().isEmpty())
                .map(line -> new Text(new Origin.FileLine(sources.file().path(), line.number()), line.value())));
    }

    private Optional<Found> fromStores(Schema.Field field, SecretRef ref, Function<Text, Found> whenHeld) {
        return sources.stores().stream()
                .flatMap(store -> ask(field, ref, whenHeld, store).stream())
                .findFirst();
    }

    private Optional<Found> ask(Schema.Field field, SecretRef ref, Function<Text, Found> whenHeld, Secrets store) {
        Origin origin = new Origin.Store(store.place());
        Cause cause = failed.get(store);
        if (cause != null) {
            return Optional.of(Found.without(field, new Setting.State.Invalid(origin, cause.what(), cause.next())));
        }
        try {
            return switch (store.get(ref)) {
                case SecretLookup.Absent() -> Optional.empty();
                case SecretLookup.Held held -> {
                    try (var secret = held.secret()) {
                        yield Optional.of(whenHeld.apply(new Text(origin, textOf(field, secret))));
                    }
                }
            };
        } catch (SecretsUnavailableException e) {
            failed.put(store, e.why());
            return ask(field, ref, whenHeld, store);
        }
    }

    /** Only a plain value has to be read to be used; that of a reference stays where it is. */
    private static String textOf(Schema.Field field, Secret secret) {
        return switch (field.kind()) {
            case Schema.Kind.Plain plain -> secret.read(bytes -> new String(bytes, StandardCharsets.UTF_8));
            case Schema.Kind.Reference() -> "";
        };
    }

    private static Found parsed(Schema.Field field, Codec<?> codec, Text text, String shown) {
        try {
            Object value = codec.parse(text.text());
            return Found.known(field, text.origin(), shown, value);
        } catch (IllegalArgumentException e) {
            String why =
                    shown.equals(Setting.HIDDEN) ? "it is not a valid " + field.type() : String.valueOf(e.getMessage());
            return Found.without(field, new Setting.State.Invalid(text.origin(), why, "correct it there"));
        }
    }

    private Found absent(Schema.Field field) {
        ConfigKey key = field.key();
        Stream<String> typo = Typo.of(key.property(), file.lines().keySet()).stream()
                .flatMap(near -> Stream.ofNullable(file.lines().get(near))
                        .map(line -> "correct %s in %s:%d"
                                .formatted(near, sources.file().path(), line.number())));
        Stream<String> texts = Stream.of(
                "set " + key.variable(),
                "set %s in %s".formatted(key.property(), sources.file().path()));
        Stream<String> stores = sources.stores().isEmpty() ? Stream.of() : secretCommand(key.secret());
        return missing(field, Stream.of(typo, texts, stores).flatMap(ways -> ways));
    }

    private static Found absentReference(Schema.Field field, SecretRef ref, Optional<Text> named) {
        if (named.isPresent()) {
            return Found.without(
                    field,
                    new Setting.State.Invalid(
                            named.get().origin(),
                            "no secret store has '%s'".formatted(ref.name()),
                            "run: harmony secret set " + ref.name()));
        }
        return missing(field, secretCommand(ref));
    }

    private static Stream<String> secretCommand(SecretRef ref) {
        return Stream.of("run: harmony secret set " + ref.name());
    }

    private static Found missing(Schema.Field field, Stream<String> ways) {
        return Found.without(
                field,
                switch (field.presence()) {
                    case OPTIONAL -> new Setting.State.Unset();
                    case REQUIRED -> new Setting.State.Missing(ways.toList());
                });
    }
}
