package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.KindName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The kinds of resources that a program knows. */
public final class ResourceKinds {
    private final SortedMap<KindName, ResourceKind<?>> byName = new TreeMap<>();
    private final Map<Class<?>, ResourceKind<?>> byType = new HashMap<>();
    private final List<ResourceKind<?>> inOrder;

    private ResourceKinds(Collection<ResourceKind<?>> kinds) {
        for (ResourceKind<?> kind : kinds) {
            ResourceKind<?> other = byName.putIfAbsent(kind.name(), kind);
            if (other != null && !other.getClass().equals(kind.getClass())) {
                throw new InvalidValueException("resource kind '%s' is provided by both %s and %s; rename one of them"
                        .formatted(
                                kind.name(),
                                other.getClass().getName(),
                                kind.getClass().getName()));
            }
            byType.putIfAbsent(kind.type(), kind);
        }
        inOrder = ordered();
    }

    /**
     * These kinds.
     *
     * @throws InvalidValueException when two have one name, or kinds come after each other in a circle
     */
    public static ResourceKinds of(Collection<ResourceKind<?>> kinds) {
        return new ResourceKinds(kinds);
    }

    /** The kinds of the modules that this program was started with. */
    public static ResourceKinds installed() {
        return found(ServiceLoader.load(ResourceKind.class, ResourceKinds.class.getClassLoader()));
    }

    /** The kinds of the modules of a layer and of its parents, such as that of a deployment. */
    public static ResourceKinds of(ModuleLayer layer) {
        return found(ServiceLoader.load(layer, ResourceKind.class));
    }

    @SuppressWarnings("rawtypes")
    private static ResourceKinds found(ServiceLoader<ResourceKind> loader) {
        List<ResourceKind<?>> kinds = new ArrayList<>();
        loader.forEach(kinds::add);
        return of(kinds);
    }

    /** The kind of that name. */
    public Optional<ResourceKind<?>> named(KindName name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The kind of a resource. */
    public Optional<ResourceKind<?>> of(NodeResource resource) {
        return Optional.ofNullable(byType.get(resource.getClass()));
    }

    /** All kinds, each after those that must be made before it, else by name. */
    public List<ResourceKind<?>> inOrder() {
        return inOrder;
    }

    /** Whether resources of one kind are made before those of another, as either of them says. */
    public static boolean isBefore(ResourceKind<?> one, ResourceKind<?> other) {
        return other.after().contains(one.name()) || one.before().contains(other.name());
    }

    private List<ResourceKind<?>> ordered() {
        Set<ResourceKind<?>> ordered = new LinkedHashSet<>();
        byName.values().forEach(kind -> append(kind, ordered, new HashSet<>()));
        return List.copyOf(ordered);
    }

    private void append(ResourceKind<?> kind, Set<ResourceKind<?>> ordered, Set<KindName> path) {
        if (ordered.contains(kind)) {
            return;
        }
        if (!path.add(kind.name())) {
            throw new InvalidValueException(
                    "resource kind '%s' comes after itself, by way of %s; take one of them out of after() or before()"
                            .formatted(kind.name(), path));
        }
        byName.values().stream().filter(other -> isBefore(other, kind)).forEach(other -> append(other, ordered, path));
        path.remove(kind.name());
        ordered.add(kind);
    }
}
