package io.nationtech.harmony.form;

import io.nationtech.harmony.domain.node.Since;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at types, by the rules of {@link RecordForm}. What it found counts once all of it could be looked at. */
final class ShapeBuilder {
    private final Map<Class<?>, Map<String, Class<?>>> kinds;
    private final Known known;
    private final Map<Type, Shape> shapes = new HashMap<>();
    private final Map<Class<?>, ObjectShape> objects = new HashMap<>();

    /** What was looked at before. */
    static final class Known {
        private final Map<Type, Shape> shapes = new HashMap<>();
        private final Map<Class<?>, ObjectShape> objects = new HashMap<>();
    }

    ShapeBuilder(Map<Class<?>, Map<String, Class<?>>> kinds, Known known) {
        this.kinds = kinds;
        this.known = known;
    }

    Shape root(Class<?> type) {
        synchronized (known) {
            shapes.putAll(known.shapes);
            objects.putAll(known.objects);
            boolean oneOfSeveral = type.isInterface();
            Shape shape = oneOfSeveral || !type.isRecord() ? shape(type) : object(type);
            known.shapes.putAll(shapes);
            known.objects.putAll(objects);
            return shape;
        }
    }

    private Shape shape(Type type) {
        Shape shape = shapes.get(type);
        if (shape == null) {
            shape = switch (type) {
                case Class<?> simple -> ofClass(simple);
                case ParameterizedType generic -> ofGeneric(generic);
                default -> throw unsupported(type);
            };
            shapes.put(type, shape);
        }
        return shape;
    }

    private Shape ofClass(Class<?> type) {
        Shape scalar = ScalarShapes.ALL.get(type);
        if (scalar != null) {
            return scalar;
        }
        if (kinds.containsKey(type) || type.isSealed()) {
            return kinds(type);
        }
        requireAccess(type);
        if (type.isEnum()) {
            return new EnumShape(type);
        }
        Optional<Shape> wrapped = type.isRecord() ? wrapped(type) : Optional.empty();
        return wrapped.or(() -> FactoryShape.of(type)).orElseGet(() -> {
            if (!type.isRecord()) {
                throw unsupported(type);
            }
            return object(type);
        });
    }

    private Shape ofGeneric(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            return new CollectionShapes.OfList(shape(arguments[0]));
        }
        if (type.getRawType() == Set.class) {
            return new CollectionShapes.OfSet(shape(arguments[0]));
        }
        if (type.getRawType() == Map.class) {
            Shape key = shape(arguments[0]);
            if (key.written() != Shape.Written.TEXT) {
                throw new UnsupportedTypeException(
                        "the keys of %s are not written as texts; give them a type that is".formatted(type));
            }
            return new CollectionShapes.OfMap(key, shape(arguments[1]));
        }
        throw unsupported(type);
    }

    private Shape component(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
                ? new CollectionShapes.OfOptional(shape(generic.getActualTypeArguments()[0]))
                : shape(type);
    }

    private Optional<Shape> wrapped(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components.length != 1 || !mayBeScalar(components[0].getType())) {
            return Optional.empty();
        }
        // Whoever leads back here is no scalar.
        shapes.put(type, new ObjectShape(type, constructor(type)));
        Shape inner = shape(components[0].getGenericType());
        shapes.remove(type);
        return inner.written() == Shape.Written.COMPOSITE
                ? Optional.empty()
                : Optional.of(new WrappedShape(components[0].getAccessor(), constructor(type), inner));
    }

    /** Whether a type may be written as one text, number or truth value: what holds others, or is one of several, never is. */
    private static boolean mayBeScalar(Class<?> type) {
        return ScalarShapes.ALL.containsKey(type)
                || type.isRecord()
                || type.isEnum()
                || FactoryShape.of(type).isPresent();
    }

    private ObjectShape object(Class<?> type) {
        ObjectShape known = objects.get(type);
        if (known != null) {
            return known;
        }
        requireAccess(type);
        ObjectShape shape = new ObjectShape(type, constructor(type));
        objects.put(type, shape);
        shape.complete(
                Stream.of(type.getRecordComponents()).map(this::component).toList(),
                since(type.getAnnotation(Since.class)));
        return shape;
    }

    private ObjectShape.Component component(RecordComponent component) {
        return new ObjectShape.Component(
                component.getName(),
                component.getAccessor(),
                component(component.getGenericType()),
                Defaults.of(component.getType()).orElse(null),
                since(component.getAnnotation(Since.class)));
    }

    private static int since(@Nullable Since since) {
        return since == null ? 1 : since.value();
    }

    private Shape kinds(Class<?> type) {
        KindsShape shape = new KindsShape(type);
        // Its records may be made of it.
        shapes.put(type, shape);
        members(type).forEach((name, member) -> {
            if (Stream.of(member.getRecordComponents())
                    .anyMatch(component -> component.getName().equals(KindsShape.KIND))) {
                throw new UnsupportedTypeException(
                        "%s is one of several %s, which are told apart by '%s', and has a component of that name; rename it"
                                .formatted(member.getName(), type.getSimpleName(), KindsShape.KIND));
            }
            shape.add(name, object(member));
        });
        return shape;
    }

    private Map<String, Class<?>> members(Class<?> type) {
        Map<String, Class<?>> open = kinds.get(type);
        if (open != null) {
            return open;
        }
        Map<String, Class<?>> members = new HashMap<>();
        leaves(type).forEach(member -> {
            if (members.put(word(member), member) != null) {
                throw new UnsupportedTypeException("two records of %s are called %s; rename one"
                        .formatted(type.getName(), member.getSimpleName()));
            }
        });
        return members;
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        if (type.isRecord()) {
            return Stream.of(type);
        }
        if (!type.isSealed()) {
            throw unsupported(type);
        }
        return Stream.of(type.getPermittedSubclasses())
                .flatMap(ShapeBuilder::leaves)
                .distinct();
    }

    private static String word(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static Constructor<?> constructor(Class<?> type) {
        requireAccess(type);
        Class<?>[] parameters = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getConstructor(parameters);
        } catch (NoSuchMethodException e) {
            throw new UnsupportedTypeException(
                    "the canonical constructor of %s is not public; make it public".formatted(type.getName()));
        }
    }

    private static void requireAccess(Class<?> type) {
        Module reader = ShapeBuilder.class.getModule();
        if (!type.getModule().isExported(type.getPackageName(), reader)) {
            throw new UnsupportedTypeException(
                    "%s has no form, as module %s does not export its package; write `exports %s;` there"
                            .formatted(type.getName(), type.getModule().getName(), type.getPackageName()));
        }
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            if (!Modifier.isPublic(each.getModifiers())) {
                throw new UnsupportedTypeException("%s has no form, as %s is not public; make it public"
                        .formatted(type.getName(), each.getName()));
            }
        }
    }

    private static UnsupportedTypeException unsupported(Type type) {
        return new UnsupportedTypeException(
                ("%s has no form: it is neither a record, an enum, a sealed interface of records, a type with a public static"
                                + " parse(String) or of(String), nor an Optional component, a List, Set or Map of such")
                        .formatted(type.getTypeName()));
    }
}
