package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.cli.JavaTokens.Token;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.domain.value.ImageReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of the images of a deployment. */
record PinReport(DeploymentName deployment, Mode mode, List<Row> rows) {

    /** Whether anything was written. */
    enum Mode {
        WRITTEN("pinned"),
        DRY_RUN("would be pinned");

        private final String word;

        Mode(String word) {
            this.word = word;
        }
    }

    /** One image. */
    record Row(UsedImage image, Pinning pinning) {
        /** What is written of it, and where. */
        Stream<Map.Entry<SourceFile.Text, ImageReference>> texts() {
            return pinning instanceof Pinning.Pinned(ImageReference now, List<SourceFile.Text> at)
                    ? at.stream().map(text -> Map.entry(text, now))
                    : Stream.empty();
        }

        /** The same where a file that it stands in could not be written. */
        Row without(SourceFile file, Cause cause) {
            return texts().anyMatch(each -> each.getKey().file().equals(file))
                    ? new Row(image, new Pinning.Left(cause))
                    : this;
        }
    }

    /** Writes what is to be written, file by file; what is in one that cannot be is left. */
    PinReport written() {
        Map<SourceFile, Map<Token, ImageReference>> files = new LinkedHashMap<>();
        rows.stream()
                .flatMap(Row::texts)
                .forEach(each -> files.computeIfAbsent(each.getKey().file(), _ -> new HashMap<>())
                        .put(each.getKey().token(), each.getValue()));
        List<Row> done = new ArrayList<>(rows);
        files.forEach((file, images) -> {
            try {
                file.write(images);
            } catch (IOException e) {
                Cause cause = new Cause(
                        "the source cannot be written: " + e.getMessage(),
                        file.path().toString(),
                        "look at the room and the rights there, and pin again");
                done.replaceAll(row -> row.without(file, cause));
            }
        });
        return new PinReport(deployment, Mode.WRITTEN, done);
    }

    String text(Ink ink) {
        return rows.isEmpty()
                ? "Deployment %s has no images.%n".formatted(deployment)
                : "Deployment %s%n%n%s"
                        .formatted(
                                deployment,
                                Table.of(
                                                List.of("IMAGE", "CONTAINER", "DIGEST", "WHERE"),
                                                rows.stream().map(this::row))
                                        .render(ink));
    }

    private Table.Row row(Row row) {
        return switch (row.pinning()) {
            case Pinning.Pinned pinned ->
                row(
                        row,
                        new Table.Cell(
                                "%s: %s".formatted(mode.word, digest(pinned).abbreviated()), Tone.CHANGED),
                        pinned.at().stream()
                                .map(text -> text.place().toString())
                                .collect(Collectors.joining(", ")));
            case Pinning.Already() -> row(row, Table.Cell.of("pinned before"), "");
            case Pinning.Follows() -> row(row, Table.Cell.of("none: follows its tag, as updates(…) says"), "");
            case Pinning.Left(Cause cause) -> row(row, new Table.Cell("not pinned", Tone.BAD), cause.where());
        };
    }

    private static Table.Row row(Row row, Table.Cell digest, String where) {
        String containers = row.image().names().stream().map(Object::toString).collect(Collectors.joining(", "));
        return Table.Row.of(Table.Cell.of(shown(row.image())), Table.Cell.of(containers), digest, Table.Cell.of(where));
    }

    /** A digest that is there already makes no table wide. */
    private static String shown(UsedImage image) {
        String value = image.image().value();
        return image.image()
                .digest()
                .map(digest -> value.replace(digest.value(), digest.abbreviated() + "…"))
                .orElse(value);
    }

    private static ImageDigest digest(Pinning.Pinned pinned) {
        return pinned.now().digest().orElseThrow();
    }

    Object json() {
        return Json.object(
                "result",
                left().isEmpty() ? "done" : "failed",
                "deployment",
                deployment.value(),
                "images",
                rows.stream().map(this::json).toList(),
                "causes",
                left().stream().map(Json::of).toList());
    }

    private Object json(Row row) {
        Map<String, Object> image = new LinkedHashMap<>(Json.object(
                "image",
                row.image().image().value(),
                "containers",
                row.image().names().stream().map(Object::toString).toList()));
        switch (row.pinning()) {
            case Pinning.Pinned pinned -> {
                image.put("result", mode == Mode.WRITTEN ? "pinned" : "would-be-pinned");
                image.put("digest", digest(pinned).value());
                image.put(
                        "where",
                        pinned.at().stream()
                                .map(text -> text.place().toString())
                                .toList());
            }
            case Pinning.Already() -> image.put("result", "pinned-before");
            case Pinning.Follows() -> image.put("result", "follows-its-tag");
            case Pinning.Left _ -> image.put("result", "not-pinned");
        }
        return image;
    }

    /** Whether there is something new in the source. */
    boolean isWritten() {
        return mode == Mode.WRITTEN
                && rows.stream().flatMap(Row::texts).findAny().isPresent();
    }

    /** Why images were left as they are that should not have been. */
    List<Cause> left() {
        return rows.stream()
                .flatMap(row -> row.pinning() instanceof Pinning.Left(Cause cause) ? Stream.of(cause) : Stream.empty())
                .toList();
    }

    ExitCode exitCode() {
        return left().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
