package io.nationtech.harmony.config;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A record type, read as the keys that it needs. */
record Schema(Class<? extends Record> type, MethodHandle constructor, List<Part> parts) {
    private static final Pattern SECRET_NAME =
            Pattern.compile("(.*-)?(password|passphrase|secret|token|api-key|private-key|secret-key)");

    /** One component. */
    sealed interface Part {}

    /** A component that is one value. */
    record Field(ConfigKey key, String type, Presence presence, Kind kind) implements Part {}

    /** A component that is a record of its own. */
    record Nested(Schema schema) implements Part {}

    /** Whether a program can do without. */
    enum Presence {
        REQUIRED,
        OPTIONAL
    }

    /** What the value is. */
    sealed interface Kind {
        record Plain(Codec<?> codec) implements Kind {}

        record Reference() implements Kind {}
    }

    static Schema of(Wanted<?> wanted, Codecs codecs) {
        Schema schema = of(wanted.type(), wanted.prefix(), codecs);
        Map<String, Field> variables = new HashMap<>();
        schema.fields().forEach(field -> {
            Field other = variables.put(field.key().variable(), field);
            if (other != null) {
                throw wrong(
                        wanted.type(),
                        "%s and %s are both %s"
                                .formatted(other.key(), field.key(), field.key().variable()),
                        "give one of the components another name");
            }
        });
        return schema;
    }

    /** All values, those of nested records too, in order. */
    Stream<Field> fields() {
        return parts.stream().flatMap(part -> switch (part) {
            case Field field -> Stream.of(field);
            case Nested(Schema nested) -> nested.fields();
        });
    }

    private static Schema of(Class<? extends Record> type, ConfigKey prefix, Codecs codecs) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return new Schema(
                type,
                Access.constructor(type, types),
                Arrays.stream(components)
                        .map(component -> part(type, component, prefix.child(component.getName()), codecs))
                        .toList());
    }

    private static Part part(Class<?> owner, RecordComponent component, ConfigKey key, Codecs codecs) {
        requireUsableName(owner, component, key);
        Type declared = component.getGenericType();
        Optional<Class<?>> optional = elementOf(declared, Optional.class);
        Class<?> type = optional.orElse(component.getType());
        Presence presence = optional.isPresent() ? Presence.OPTIONAL : Presence.REQUIRED;
        if (type == SecretRef.class) {
            return new Field(key, "secret", presence, new Kind.Reference());
        }
        Optional<Class<?>> element = elementOf(declared, List.class);
        if (element.isPresent()) {
            Codec<?> each = codecs.of(element.get()).orElseThrow(() -> noFactory(owner, component, element.get()));
            String name = "list of " + element.get().getSimpleName();
            return new Field(key, name, presence, new Kind.Plain(text -> list(text, each)));
        }
        Optional<Codec<?>> codec = codecs.of(type);
        if (codec.isEmpty() && type.isRecord() && presence == Presence.REQUIRED) {
            return new Nested(of(type.asSubclass(Record.class), key, codecs));
        }
        return new Field(
                key,
                type.getSimpleName(),
                presence,
                new Kind.Plain(codec.orElseThrow(() -> noFactory(owner, component, type))));
    }

    private static void requireUsableName(Class<?> owner, RecordComponent component, ConfigKey key) {
        String name = ConfigKey.kebab(component.getName());
        if (!name.matches("[a-z][a-z0-9-]*")) {
            throw wrong(
                    owner,
                    "component '%s' is not a key".formatted(component.getName()),
                    "name it with letters and digits");
        }
        Class<?> type = elementOf(component.getGenericType(), Optional.class).orElse(component.getType());
        if (SECRET_NAME.matcher(name).matches() && type != SecretRef.class) {
            throw wrong(
                    owner,
                    "component '%s' is a secret by its name, but declared as %s"
                            .formatted(component.getName(), type.getSimpleName()),
                    "declare it SecretRef, so that its value is kept in a secret store and never shown");
        }
        try {
            key.secret();
        } catch (InvalidValueException e) {
            throw wrong(owner, "key %s is too long: %s".formatted(key, e.getMessage()), "shorten the names");
        }
    }

    private static Optional<Class<?>> elementOf(Type declared, Class<?> container) {
        return declared instanceof ParameterizedType type
                        && type.getRawType() == container
                        && type.getActualTypeArguments()[0] instanceof Class<?> element
                ? Optional.of(element)
                : Optional.empty();
    }

    private static List<?> list(String text, Codec<?> each) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .map(each::parse)
                .toList();
    }

    private static SchemaException noFactory(Class<?> owner, RecordComponent component, Class<?> type) {
        return wrong(
                owner,
                "component '%s': no way is known from a text to %s".formatted(component.getName(), type.getName()),
                "give the type a static factory of(String), in a package that is exported or opened to this module, "
                        + "or give the configuration a codec for it");
    }

    private static SchemaException wrong(Class<?> owner, String what, String next) {
        return new SchemaException(new Cause(what, owner.getName(), next));
    }
}
