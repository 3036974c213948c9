package io.nationtech.harmony.fleet.json;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.fleet.LogsReply;
import io.nationtech.harmony.fleet.LogsRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request for logs and its answer. */
final class LogsForm {
    private LogsForm() {}

    static Map<String, Object> write(LogsRequest request) {
        return Ordered.map("deployment", request.deployment().value(), "lines", request.lines());
    }

    static LogsRequest readRequest(Fields fields) {
        return new LogsRequest(fields.text("deployment", DeploymentName::of), fields.integer("lines"));
    }

    static Map<String, Object> write(LogsReply reply) {
        return switch (reply) {
            case LogsReply.Lines(List<LogsReply.Line> lines) ->
                Ordered.map(
                        "lines",
                        lines.stream()
                                .map(line -> Ordered.map(
                                        "container", line.container().value(), "text", line.text()))
                                .toList());
            case LogsReply.Refused(Cause cause) -> Ordered.map("refused", NodeStateForm.write(cause));
        };
    }

    static LogsReply readReply(Fields fields) {
        Optional<LogsReply> refused =
                fields.optional("refused", cause -> new LogsReply.Refused(NodeStateForm.readCause(cause)));
        return refused.orElseGet(() -> new LogsReply.Lines(fields.objects(
                "lines", line -> new LogsReply.Line(line.text("container", ContainerName::of), line.text("text")))));
    }
}
