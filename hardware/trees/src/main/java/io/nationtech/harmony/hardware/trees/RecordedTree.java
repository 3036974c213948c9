package io.nationtech.harmony.hardware.trees;

import io.nationtech.harmony.hardware.source.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A machine's file tree out of a text; {@code README.md} beside the texts says how they are written. Links are kept as links and
 * not followed: what a source reads through one is written out under the path that it reads.
 */
public final class RecordedTree implements Tree {
    private static final String DENIED = "permission denied";

    private final NavigableMap<String, Node> nodes;

    RecordedTree(NavigableMap<String, Node> nodes) {
        this.nodes = nodes;
    }

    /** The tree of a text. */
    public static RecordedTree of(String text) {
        return new RecordedTree(TreeText.parse(text));
    }

    /** The tree of a machine that comes with this module. */
    public static RecordedTree of(RecordedMachine machine) {
        try (InputStream in =
                Objects.requireNonNull(RecordedTree.class.getResourceAsStream(machine.file()), machine::file)) {
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This tree with another one's entries over its own. */
    public RecordedTree with(String text) {
        TreeMap<String, Node> all = new TreeMap<>(nodes);
        all.putAll(TreeText.parse(text));
        return new RecordedTree(all);
    }

    /** This tree without a path and what is below it. */
    public RecordedTree without(String path) {
        TreeMap<String, Node> rest = new TreeMap<>(nodes);
        rest.keySet().removeIf(key -> key.equals(path) || key.startsWith(path + "/"));
        return new RecordedTree(rest);
    }

    @Override
    public byte[] read(String path, int most) throws IOException {
        return switch (at(path)) {
            case Node.Content(String bytes) ->
                bytes.substring(0, Math.min(most, bytes.length())).getBytes(StandardCharsets.ISO_8859_1);
            case Node.Refusing(String why) -> throw refusal(path, why);
            case Node.Link _, Node.Space _, Node.Bare _ -> throw new FileSystemException(path, null, "Is a directory");
        };
    }

    @Override
    public List<String> names(String folder) throws IOException {
        if (at(folder) instanceof Node.Refusing(String why)) {
            throw refusal(folder, why);
        }
        return below(folder);
    }

    private List<String> below(String folder) {
        String prefix = folder + "/";
        return nodes.tailMap(prefix).keySet().stream()
                .takeWhile(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()))
                .map(rest -> rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public String target(String link) throws IOException {
        if (at(link) instanceof Node.Link(String target)) {
            return target;
        }
        throw new FileSystemException(link, null, "Not a link");
    }

    @Override
    public boolean exists(String path) {
        return nodes.containsKey(path) || !below(path).isEmpty();
    }

    @Override
    public long usable(String folder) throws IOException {
        return space(folder).usable();
    }

    @Override
    public long size(String folder) throws IOException {
        return space(folder).size();
    }

    private Node.Space space(String folder) throws IOException {
        return at(folder) instanceof Node.Space space ? space : new Node.Space(0, 0);
    }

    private Node at(String path) throws NoSuchFileException {
        Node node = nodes.get(path);
        if (node != null) {
            return node;
        }
        if (below(path).isEmpty()) {
            throw new NoSuchFileException(path);
        }
        return new Node.Bare();
    }

    private static IOException refusal(String path, String why) {
        return why.equals(DENIED) ? new AccessDeniedException(path) : new FileSystemException(path, null, why);
    }
}
