package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.JavaTokens.Token;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.rules.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A file of a module's Java, and where images are named in it: a text which is a whole reference, and stands where it can mean nothing else. That is
 * the one argument of {@code ImageReference.of} or {@code floating}, or all that a variable is.
 */
record SourceFile(Path path, String text, List<Token> tokens) {
    private static final Set<String> FACTORIES = Set.of("of", "floating");

    /** One text in it. */
    record Text(SourceFile file, Token token) {

        /** As people find it from where they are. */
        Place place() {
            Path here = Path.of("").toAbsolutePath();
            Path path = file.path().toAbsolutePath().normalize();
            return new Place((path.startsWith(here) ? here.relativize(path) : path).toString(), token.line());
        }
    }

    /**
     * All of a module.
     *
     * @throws IOException when one cannot be read, or is not written in UTF-8
     */
    static List<SourceFile> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(SourceFile::read)
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static SourceFile read(Path file) {
        try {
            String text = Files.readString(file);
            return new SourceFile(file, text, JavaTokens.of(text));
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException("%s: %s".formatted(file, e.getMessage()), e));
        }
    }

    /** The texts that name an image. */
    Stream<Text> naming(ImageReference image) {
        return quoted(image)
                .filter(index -> isMadeReference(index) || isWholeVariable(index))
                .mapToObj(index -> new Text(this, tokens.get(index)));
    }

    /** The texts that are a reference to an image, whatever they are there for. */
    Stream<Text> quoting(ImageReference image) {
        return quoted(image).mapToObj(index -> new Text(this, tokens.get(index)));
    }

    private IntStream quoted(ImageReference image) {
        String quoted = "\"%s\"".formatted(image);
        return IntStream.range(0, tokens.size()).filter(index -> is(index, quoted));
    }

    private boolean isMadeReference(int index) {
        boolean isFactory = index >= 4
                && FACTORIES.contains(tokens.get(index - 2).text())
                && is(index - 3, ".")
                && is(index - 4, "ImageReference");
        boolean isConstructor = is(index - 2, "ImageReference") && is(index - 3, "new");
        return is(index - 1, "(") && (isFactory || isConstructor) && is(index + 1, ")");
    }

    private boolean isWholeVariable(int index) {
        return is(index - 1, "=") && !is(index - 2, "=") && is(index + 1, ";");
    }

    private boolean is(int index, String text) {
        return index >= 0 && index < tokens.size() && tokens.get(index).text().equals(text);
    }

    /**
     * Writes the file with other references in the places of texts, all of them or, when it cannot be written, none.
     *
     * @throws IOException when it cannot be, or somebody changed it since it was read
     */
    void write(Map<Token, ImageReference> images) throws IOException {
        if (!Files.readString(path).equals(text)) {
            throw new IOException("somebody changed it meanwhile");
        }
        StringBuilder changed = new StringBuilder(text);
        // From the end on: what stands before keeps its place.
        images.entrySet().stream()
                .sorted(Comparator.comparingInt(each -> -each.getKey().start()))
                .forEach(each -> changed.replace(
                        each.getKey().start(), each.getKey().end(), "\"%s\"".formatted(each.getValue())));
        Path file = path.toRealPath();
        DurableFile.replacePrivate(
                file,
                fresh -> Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file)),
                changed.toString().getBytes(StandardCharsets.UTF_8));
    }
}
