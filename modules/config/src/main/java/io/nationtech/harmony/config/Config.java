package io.nationtech.harmony.config;

import io.nationtech.harmony.domain.Cause;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads configurations: a plain record is the schema, its components are the keys, and each value is made by the factory of its own
 * type. Sources are asked in order: environment, file, secret stores, a person. A component of type
 * {@link io.nationtech.harmony.domain.value.SecretRef} stays a reference; its value is only ever in a store. An
 * {@code Optional} component may be missing; a {@code List} is written with commas. Safe for use by several threads.
 */
public final class Config {
    private final ConfigSources sources;
    private final Codecs codecs;

    /** A configuration from these sources; nothing is read yet. */
    public Config(ConfigSources sources) {
        this(sources, Codecs.platform());
    }

    private Config(ConfigSources sources, Codecs codecs) {
        this.sources = sources;
        this.codecs = codecs;
    }

    /** The same, with a way to make values of one more type. */
    public <T> Config with(Class<T> type, Codec<T> codec) {
        return new Config(sources, codecs.with(type, codec));
    }

    /**
     * Reads the only configuration of a kind.
     *
     * @throws ConfigException with all that is missing or invalid at once
     * @throws SchemaException when the record cannot be a schema
     */
    public <R extends Record> R of(Class<R> type) {
        return of(Wanted.of(type));
    }

    /**
     * Reads one of several configurations of a kind.
     *
     * @throws ConfigException with all that is missing or invalid at once
     * @throws SchemaException when the record cannot be a schema
     */
    public <R extends Record> R of(Class<R> type, InstanceName instance) {
        return of(Wanted.of(type, instance));
    }

    /**
     * Tells all values of several configurations and where each comes from. Asks nobody, changes nothing.
     *
     * @throws SchemaException when a record cannot be a schema
     */
    public Explanation explain(List<? extends Wanted<?>> wanted) {
        Resolver resolver = new Resolver(sources);
        List<Setting> settings = new ArrayList<>();
        List<Cause> problems = new ArrayList<>(resolver.problems());
        for (Wanted<?> one : wanted) {
            Schema schema = Schema.of(one, codecs);
            List<Found> found = schema.fields().map(resolver::find).toList();
            found.forEach(value -> settings.add(value.setting()));
            if (found.stream().allMatch(value -> value.setting().isUsable())
                    && built(schema, found) instanceof Built.Refused(Cause cause)) {
                problems.add(cause);
            }
        }
        return new Explanation(settings, problems);
    }

    private <R extends Record> R of(Wanted<R> wanted) {
        Schema schema = Schema.of(wanted, codecs);
        Resolver resolver = new Resolver(sources);
        List<Found> found = schema.fields().map(resolver::find).toList();
        if (resolver.problems().isEmpty() && found.stream().noneMatch(Config::isInvalid)) {
            Interview interview = new Interview(sources);
            found = found.stream()
                    .map(value -> value.setting().isUsable() ? value : interview.ask(value))
                    .toList();
        }
        List<Setting> settings = found.stream().map(Found::setting).toList();
        new Explanation(settings, resolver.problems()).requireComplete();
        return switch (built(schema, found)) {
            case Built.Value(Record record) -> wanted.type().cast(record);
            case Built.Refused(Cause cause) -> throw new ConfigException(new Explanation(settings, List.of(cause)));
        };
    }

    private static boolean isInvalid(Found value) {
        return value.state() instanceof Setting.State.Invalid;
    }

    /** What came of calling the record's constructor. */
    private sealed interface Built {
        record Value(Record record) implements Built {}

        record Refused(Cause cause) implements Built {}
    }

    private static Built built(Schema schema, List<Found> found) {
        try {
            return new Built.Value(build(schema, new ArrayDeque<>(found)));
        } catch (IllegalArgumentException e) {
            boolean isHidden = found.stream()
                    .anyMatch(value -> value.field().kind() instanceof Schema.Kind.Plain
                            && value.state() instanceof Setting.State.Known(Origin origin, String shown)
                            && shown.equals(Setting.HIDDEN));
            return new Built.Refused(new Cause(
                    isHidden ? "the values do not go together" : String.valueOf(e.getMessage()),
                    schema.type().getSimpleName(),
                    "correct the values; harmony config explain shows where each comes from"));
        }
    }

    private static Record build(Schema schema, Deque<Found> found) {
        List<Object> arguments = new ArrayList<>();
        for (Schema.Part part : schema.parts()) {
            arguments.add(
                    switch (part) {
                        case Schema.Nested(Schema nested) -> build(nested, found);
                        case Schema.Field field ->
                            argument(field, found.removeFirst().value());
                    });
        }
        try {
            return (Record) schema.constructor().invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Object argument(Schema.Field field, Optional<Object> value) {
        return switch (field.presence()) {
            case OPTIONAL -> value;
            case REQUIRED -> value.orElseThrow();
        };
    }
}
