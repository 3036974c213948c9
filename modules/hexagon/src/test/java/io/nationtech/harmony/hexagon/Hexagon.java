package io.nationtech.harmony.hexagon;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rule of the module graph: who may know whom. Looks at descriptors only. */
record Hexagon(String prefix, Map<String, Role> roles) {
    private static final String NULLNESS = "org.jspecify";
    private static final String FOR_PEOPLE = "See docs/architecture.md; roles stand in modules/hexagon, class House.";

    /** What is wrong with the graph, one sentence each; nothing when all is well. */
    List<String> violations(Collection<ModuleDescriptor> graph) {
        List<String> found = new ArrayList<>();
        for (ModuleDescriptor module : graph) {
            Optional<Role> role = role(module.name());
            if (role.isEmpty()) {
                found.add("%s has no role: give it a line in House.MODULES. %s".formatted(module.name(), FOR_PEOPLE));
                continue;
            }
            namesOf(module).forEach(found::add);
            for (Requires required : module.requires()) {
                wrong(module, role.get(), required).ifPresent(found::add);
            }
            if (role.get() == Role.ADAPTER) {
                vendorsOnInterface(module).ifPresent(found::add);
            }
        }
        return found.stream().sorted().toList();
    }

    private Optional<Role> role(String module) {
        return module.startsWith(prefix)
                ? Optional.ofNullable(roles.get(module.substring(prefix.length())))
                : Optional.empty();
    }

    private static List<String> namesOf(ModuleDescriptor module) {
        return module.packages().stream()
                .filter(name -> !name.equals(module.name()) && !name.startsWith(module.name() + "."))
                .map(name -> "%s has package %s; a package is named as its module".formatted(module.name(), name))
                .toList();
    }

    private Optional<String> wrong(ModuleDescriptor module, Role role, Requires required) {
        String other = required.name();
        boolean atCompileTime = required.modifiers().contains(Requires.Modifier.STATIC);
        if (other.equals("java.base") || other.equals(NULLNESS) && atCompileTime) {
            return Optional.empty();
        }
        if (other.startsWith(prefix)) {
            return role(other)
                    .filter(known -> !role.mayRequire().contains(known))
                    .map(known -> "%s (%s) requires %s (%s), which only %s may. %s"
                            .formatted(module.name(), role, other, known, thoseWhoMay(known), FOR_PEOPLE));
        }
        if (role == Role.DOMAIN) {
            return Optional.of("%s (%s) requires %s; it may require java.base only. %s"
                    .formatted(module.name(), role, other, FOR_PEOPLE));
        }
        boolean platform = other.startsWith("java.") || other.startsWith("jdk.");
        return platform || role.mayRequireVendors()
                ? Optional.empty()
                : Optional.of("%s (%s) requires %s, a library; put it behind a port and an adapter. %s"
                        .formatted(module.name(), role, other, FOR_PEOPLE));
    }

    private static Set<Role> thoseWhoMay(Role known) {
        return Stream.of(Role.values())
                .filter(role -> role.mayRequire().contains(known))
                .collect(Collectors.toSet());
    }

    /** An adapter opens one room at most, and no library shows through its wall. */
    private Optional<String> vendorsOnInterface(ModuleDescriptor module) {
        List<String> shown = module.requires().stream()
                .filter(required -> required.modifiers().contains(Requires.Modifier.TRANSITIVE))
                .map(Requires::name)
                .filter(name -> !name.startsWith(prefix) && !name.startsWith("java."))
                .toList();
        List<String> exported = module.exports().stream().map(Exports::source).toList();
        if (!shown.isEmpty()) {
            return Optional.of("%s lets %s show through with `requires transitive`; only the port crosses the wall. %s"
                    .formatted(module.name(), shown, FOR_PEOPLE));
        }
        return exported.isEmpty() || exported.equals(List.of(module.name()))
                ? Optional.empty()
                : Optional.of("%s exports %s; an adapter exports its own package at most. %s"
                        .formatted(module.name(), exported, FOR_PEOPLE));
    }
}
