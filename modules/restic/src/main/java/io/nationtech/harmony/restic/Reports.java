package io.nationtech.harmony.restic;

import io.nationtech.harmony.domain.backup.Snapshot;
import io.nationtech.harmony.domain.backup.SnapshotId;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** What restic says as JSON. What is not as restic 0.17 and later write it is taken for nothing. */
final class Reports {
    /** Tags tell what a snapshot is of. */
    static final String DEPLOYMENT = "deployment:";

    static final String DATA = "data:";
    static final String NODE = "node:";

    private Reports() {}

    /** How far it is. */
    record Status(double share, long bytes) {}

    /** What it made. */
    record Summary(SnapshotId snapshot, long bytes) {}

    static Optional<Status> status(String line) {
        return object(line)
                .filter(report -> "status".equals(report.get("message_type")))
                .map(report -> new Status(
                        report.get("percent_done") instanceof Number share ? share.doubleValue() : 0,
                        Math.max(number(report.get("bytes_done")), number(report.get("bytes_restored")))));
    }

    static Optional<Summary> summary(String line) {
        return object(line)
                .filter(report -> "summary".equals(report.get("message_type")))
                .flatMap(report -> report.get("snapshot_id") instanceof String id
                        ? Optional.of(new Summary(SnapshotId.of(id), number(report.get("total_bytes_processed"))))
                        : Optional.empty());
    }

    /** What a line of its standard error says, whether it is JSON or not. */
    static String message(String line) {
        return object(line)
                .flatMap(report -> report.get("error") instanceof Map<?, ?> error
                        ? text(error.get("message"))
                        : text(report.get("message")))
                .orElse(line)
                .replaceFirst("^Fatal: ", "")
                .strip();
    }

    /** Those of a deployment, the newest first. */
    static List<Snapshot> snapshots(String json, DeploymentName deployment) {
        try {
            return JSON.std.listFrom(json).stream()
                    .flatMap(item -> item instanceof Map<?, ?> fields
                            ? snapshot(fields, deployment).stream()
                            : Optional.<Snapshot>empty().stream())
                    .sorted(Comparator.comparing(Snapshot::at).reversed())
                    .toList();
        } catch (JacksonException e) {
            return List.of();
        }
    }

    private static Optional<Snapshot> snapshot(Map<?, ?> fields, DeploymentName deployment) {
        if (!(fields.get("tags") instanceof List<?> tags) || !tags.contains(DEPLOYMENT + deployment)) {
            return Optional.empty();
        }
        try {
            return text(fields.get("id"))
                    .flatMap(id -> tag(tags, DATA)
                            .flatMap(data -> tag(tags, NODE)
                                    .flatMap(node -> text(fields.get("time"))
                                            .map(time -> new Snapshot(
                                                    SnapshotId.of(id),
                                                    ResourceId.parse(data),
                                                    NodeId.of(node),
                                                    OffsetDateTime.parse(time).toInstant(),
                                                    fields.get("summary") instanceof Map<?, ?> summary
                                                            ? number(summary.get("total_bytes_processed"))
                                                            : 0)))));
        } catch (InvalidValueException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> tag(List<?> tags, String prefix) {
        return tags.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(tag -> tag.startsWith(prefix))
                .map(tag -> tag.substring(prefix.length()))
                .findFirst();
    }

    private static Optional<Map<String, Object>> object(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.std.mapFrom(line));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
