package io.nationtech.harmony.importer;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML 1.2 into values, with the merge keys of 1.1 that compose files use. Scalars stay as they are written, so that {@code 22:22} is
 * no number of base 60 and {@code 0755} none of base 8. Bounded: 2 MiB, 100 levels, 100,000 values when all aliases are followed.
 */
final class Yaml {
    private static final int MOST_CHARACTERS = 2 * 1024 * 1024;
    private static final int MOST_LEVELS = 100;
    private static final int MOST_ALIASES = 10_000;
    private static final long MOST_VALUES = 100_000;
    private static final String MERGE = "<<";

    private final String file;
    private final IdentityHashMap<Node, Value> made = new IdentityHashMap<>();
    private final IdentityHashMap<Value, Long> sizes = new IdentityHashMap<>();

    private Yaml(String file) {
        this.file = file;
    }

    /**
     * The first document of a file.
     *
     * @throws RefusedSourceException when it is none, or is too large
     */
    static Value read(String file, String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new RefusedSourceException(
                    Place.of(file),
                    "the file has %d characters, and may have %d".formatted(text.length(), MOST_CHARACTERS),
                    "no compose file is that large; name the one that is meant");
        }
        return new Yaml(file).read(text);
    }

    private Value read(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MOST_CHARACTERS)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setAllowDuplicateKeys(true)
                .build();
        try {
            requireBounds(new ParserImpl(settings, new StreamReader(settings, text)));
            Composer documents = new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text)));
            while (documents.hasNext()) {
                Value value = value(documents.next(), 0);
                if (!(value instanceof Value.Nothing)) {
                    return value;
                }
            }
            return new Value.Nothing(Place.of(file));
        } catch (MarkedYamlEngineException e) {
            throw new RefusedSourceException(
                    place(e.getProblemMark()),
                    "this is no YAML: " + (e.getProblem() == null ? "it cannot be read" : e.getProblem()),
                    "correct the line; `docker compose config` must understand it");
        } catch (YamlEngineException e) {
            throw new RefusedSourceException(
                    Place.of(file), "this is no YAML that can be read", "correct it; it must be UTF-8 text");
        }
    }

    /** Before anything recursive looks at it. */
    private void requireBounds(Iterator<Event> events) {
        int level = 0;
        int count = 0;
        while (events.hasNext()) {
            Event event = events.next();
            level += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            count += event instanceof AliasEvent || !(event instanceof CollectionEndEvent) ? 1 : 0;
            if (level > MOST_LEVELS) {
                throw new RefusedSourceException(
                        place(event.getStartMark()),
                        "values lie within each other more than %d levels deep".formatted(MOST_LEVELS),
                        "no compose file needs that; correct it");
            }
            if (count > MOST_VALUES) {
                throw tooMany(place(event.getStartMark()));
            }
        }
    }

    private static RefusedSourceException tooMany(Place at) {
        return new RefusedSourceException(
                at,
                "the file has more than %d values, those that aliases repeat included".formatted(MOST_VALUES),
                "split it, or repeat less");
    }

    private Place place(Optional<Mark> mark) {
        return new Place(file, mark.map(Mark::getLine).orElse(-1) + 1);
    }

    private Value value(Node node, int level) {
        Value before = made.get(node);
        if (before != null) {
            return before;
        }
        Place at = place(node.getStartMark());
        if (node.isRecursive() || level > MOST_LEVELS) {
            throw new RefusedSourceException(at, "an alias stands within what it repeats", "write it out");
        }
        Value value = switch (node) {
            case ScalarNode scalar -> scalar(scalar, at);
            case SequenceNode sequence -> items(sequence, at, level);
            case MappingNode mapping -> entries(mapping, at, level);
            default -> new Value.Nothing(at);
        };
        if (size(value) > MOST_VALUES) {
            throw tooMany(at);
        }
        made.put(node, value);
        return value;
    }

    private long size(Value value) {
        Long known = sizes.get(value);
        if (known != null) {
            return known;
        }
        long size = switch (value) {
            case Value.Scalar _, Value.Nothing _ -> 1;
            case Value.Items items ->
                1 + items.values().stream().mapToLong(this::size).sum();
            case Value.Entries entries ->
                1 + entries.values().values().stream().mapToLong(this::size).sum();
        };
        sizes.put(value, size);
        return size;
    }

    private static Value scalar(ScalarNode node, Place at) {
        boolean isNull =
                node.getTag().equals(Tag.NULL) || node.getTag().getValue().equals("!reset");
        return isNull && node.isPlain() ? new Value.Nothing(at) : new Value.Scalar(node.getValue(), at);
    }

    private Value items(SequenceNode node, Place at, int level) {
        List<Value> values = new ArrayList<>();
        for (Node item : node.getValue()) {
            values.add(value(item, level + 1));
        }
        return new Value.Items(values, at);
    }

    private Value entries(MappingNode node, Place at, int level) {
        Map<String, Value> values = new LinkedHashMap<>();
        Map<String, Value> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Value value = value(tuple.getValueNode(), level + 1);
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (key.equals(MERGE)) {
                // Of several, the first that has a key gives its value.
                value.items().forEach(one -> one.entries().forEach(merged::putIfAbsent));
            } else {
                values.put(key, value);
            }
        }
        merged.forEach(values::putIfAbsent);
        return new Value.Entries(values, at);
    }
}
