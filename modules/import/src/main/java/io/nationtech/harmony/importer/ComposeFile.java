package io.nationtech.harmony.importer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A compose file with all that it includes and that its services extend, as one document: services, volumes, networks, configs, secrets.
 * Variables stand in it as they are.
 */
final class ComposeFile {
    private static final int MOST_FILES = 100;
    private static final List<String> SECTIONS = List.of("services", "volumes", "networks", "configs", "secrets");

    private final ProjectFiles files;
    private final Variables variables;
    private final Map<String, Value> read = new LinkedHashMap<>();

    ComposeFile(ProjectFiles files, Variables variables) {
        this.files = files;
        this.variables = variables;
    }

    /** The whole document. */
    Value.Entries document(String file) {
        return whole(file, new LinkedHashSet<>());
    }

    private Value load(String file, Place at) {
        Value known = read.get(file);
        if (known != null) {
            return known;
        }
        if (read.size() >= MOST_FILES) {
            throw new RefusedSourceException(
                    at, "more than %d files belong together".formatted(MOST_FILES), "import them one by one");
        }
        String text = files.text(file, at)
                .orElseThrow(() -> new RefusedSourceException(
                        at,
                        "there is no file %s".formatted(file),
                        "put it where it is looked for, or leave out what names it"));
        Value value = Yaml.read(file, text);
        if (!(value instanceof Value.Entries)) {
            throw new RefusedSourceException(
                    value.at(), "the file is no mapping of services", "name a compose file, which has `services:`");
        }
        read.put(file, value);
        return value;
    }

    private Value.Entries whole(String file, Set<String> way) {
        Place at = Place.of(file);
        if (!way.add(file)) {
            throw new RefusedSourceException(
                    at,
                    "files include each other in a circle: " + String.join(" → ", way) + " → " + file,
                    "leave one out");
        }
        Value own = load(file, at);
        Map<String, Map<String, Value>> sections = new LinkedHashMap<>();
        SECTIONS.forEach(section -> sections.put(section, new LinkedHashMap<>()));
        for (Value include : own.get("include").map(Value::items).orElse(List.of())) {
            for (String other : included(include, file)) {
                Value.Entries theirs = whole(other, way);
                SECTIONS.forEach(section -> theirs.get(section)
                        .ifPresent(some -> sections.computeIfAbsent(section, _ -> new LinkedHashMap<>())
                                .putAll(some.entries())));
            }
        }
        for (String section : SECTIONS) {
            Value some = own.get(section).orElse(new Value.Nothing(own.at()));
            some.entries().forEach((name, value) -> {
                Value whole = section.equals("services") ? extended(value, file, new LinkedHashSet<>()) : value;
                sections.computeIfAbsent(section, _ -> new LinkedHashMap<>()).put(name, whole);
            });
        }
        way.remove(file);
        Map<String, Value> document = new LinkedHashMap<>();
        own.get("name").ifPresent(name -> document.put("name", name));
        sections.forEach((section, values) -> document.put(section, new Value.Entries(values, own.at())));
        return new Value.Entries(document, own.at());
    }

    private List<String> included(Value include, String from) {
        Value paths = include.get("path").orElse(include);
        List<String> names = new ArrayList<>();
        for (Value path : paths.items()) {
            String name = variables.filled(variables.expanded(path.text(), path.at()));
            if (name.isEmpty() || name.contains("://")) {
                throw new RefusedSourceException(
                        include.at(),
                        "what is included is no file beside this one: '%s'".formatted(name),
                        "fetch it, and name the file");
            }
            names.add(beside(from, name));
        }
        return names;
    }

    /** A path that is relative to a file's folder, from the first folder. */
    static String beside(String file, String name) {
        int slash = file.lastIndexOf('/');
        return name.startsWith("/") || slash < 0 ? clean(name) : clean(file.substring(0, slash + 1) + name);
    }

    private static String clean(String name) {
        return name.replaceFirst("^(\\./)+", "");
    }

    private Value extended(Value service, String file, Set<String> way) {
        Optional<Value> base = service.get("extends");
        if (base.isEmpty()) {
            return service;
        }
        Value named = base.get();
        String name = named.text("service").orElse(named.text());
        String other = named.text("file")
                .map(text -> beside(file, variables.filled(variables.expanded(text, named.at()))))
                .orElse(file);
        if (!way.add(other + "#" + name)) {
            throw new RefusedSourceException(
                    named.at(),
                    "service '%s' extends itself, round %d services".formatted(name, way.size()),
                    "leave one `extends` out");
        }
        Value theirs = load(other, named.at())
                .get("services")
                .flatMap(services -> services.get(name))
                .orElseThrow(() -> new RefusedSourceException(
                        named.at(),
                        "there is no service '%s' in %s to extend".formatted(name, other),
                        "correct the name"));
        return merged(extended(theirs, other, way), service);
    }

    /** A service with what another says over it: mappings are joined, lists go on, words of commands are replaced. */
    static Value merged(Value base, Value over) {
        Map<String, Value> all = new LinkedHashMap<>(base.entries());
        all.remove("extends");
        over.entries().forEach((key, value) -> {
            if (!key.equals("extends")) {
                all.merge(key, value, (before, after) -> mergedField(key, before, after));
            }
        });
        return new Value.Entries(all, over.at());
    }

    private static Value mergedField(String key, Value before, Value after) {
        return switch (key) {
            case "command", "entrypoint", "image", "test" -> after;
            case "environment", "labels" -> {
                Map<String, Value> all = new LinkedHashMap<>(before.named());
                all.putAll(after.named());
                yield new Value.Entries(all, after.at());
            }
            default -> {
                if (before instanceof Value.Entries && after instanceof Value.Entries) {
                    yield merged(before, after);
                }
                yield before instanceof Value.Items && after instanceof Value.Items ? before.and(after) : after;
            }
        };
    }
}
