package io.nationtech.harmony.config;

import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import io.nationtech.harmony.secrets.Stored;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Asks a person for what is missing, and keeps the answers: plain ones in the file, secrets in the first store. */
final class Interview {
    private static final int ATTEMPTS = 3;

    private final ConfigSources sources;

    Interview(ConfigSources sources) {
        this.sources = sources;
    }

    /** The same as before when there is no usable answer. */
    Found ask(Found missing) {
        return switch (missing.field().kind()) {
            case Schema.Kind.Plain(Codec<?> codec) -> plain(missing, codec);
            case Schema.Kind.Reference() -> reference(missing);
        };
    }

    private Found plain(Found missing, Codec<?> codec) {
        Schema.Field field = missing.field();
        Optional<String> complaint = Optional.empty();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<char[]> answer =
                    sources.prompt().ask(new Prompt.Question(field.key(), field.type(), Prompt.Echo.SHOWN, complaint));
            if (answer.isEmpty()) {
                return missing;
            }
            String text = String.valueOf(answer.get()).strip();
            try {
                return kept(field, text, codec.parse(text));
            } catch (IllegalArgumentException e) {
                complaint = Optional.of(String.valueOf(e.getMessage()));
            }
        }
        return missing;
    }

    private Found kept(Schema.Field field, String text, Object value) {
        if (text.isEmpty() || text.lines().count() > 1) {
            throw new IllegalArgumentException("write it on one line");
        }
        String place = sources.file().path().toString();
        try {
            sources.file().add(field.key(), text);
            return Found.known(field, new Origin.Answer(place), text, value);
        } catch (IOException e) {
            return notKept(
                    field, place, "the answer cannot be written: " + e.getMessage(), "make it writable for this user");
        }
    }

    private Found reference(Found missing) {
        if (sources.stores().isEmpty()) {
            return missing;
        }
        Schema.Field field = missing.field();
        return sources.prompt()
                .ask(new Prompt.Question(field.key(), field.type(), Prompt.Echo.HIDDEN, Optional.empty()))
                .filter(answer -> answer.length > 0)
                .map(answer -> kept(field, answer))
                .orElse(missing);
    }

    private Found kept(Schema.Field field, char[] answer) {
        Secrets store = sources.stores().getFirst();
        try (Secret value = Secret.takeFrom(answer)) {
            return switch (store.put(field.key().secret(), value, 0)) {
                case Stored.At at ->
                    Found.known(
                            field,
                            new Origin.Answer("secret store " + store.place()),
                            Setting.HIDDEN,
                            field.key().secret());
                case Stored.Conflict() ->
                    notKept(field, store.place(), "somebody else set it at the same time", "start again");
            };
        } catch (SecretsUnavailableException e) {
            return notKept(field, store.place(), e.why().what(), e.why().next());
        } catch (IllegalArgumentException e) {
            return notKept(field, store.place(), "a secret has 1 to %d bytes".formatted(Secret.LARGEST), "start again");
        } finally {
            Arrays.fill(answer, '\0');
        }
    }

    private static Found notKept(Schema.Field field, String place, String why, String next) {
        return Found.without(field, new Setting.State.Invalid(new Origin.Answer(place), why, next));
    }
}
