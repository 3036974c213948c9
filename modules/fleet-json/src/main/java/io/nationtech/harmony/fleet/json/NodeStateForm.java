package io.nationtech.harmony.fleet.json;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.ContainerStatus.Health;
import io.nationtech.harmony.domain.node.ContainerStatus.Running;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.Map;

/** How far a node is. */
final class NodeStateForm {
    private static final String CONVERGING = "converging";
    private static final String CONVERGED = "converged";
    private static final String FAILED = "failed";
    private static final EnumForm<Running> RUNNING = new EnumForm<>(Running.class);
    private static final EnumForm<Health> HEALTH = new EnumForm<>(Health.class);

    private NodeStateForm() {}

    static Map<String, Object> write(NodeState state) {
        Map<String, Object> form = Ordered.map(
                "node", state.node().value(),
                "deployment", state.deployment().value(),
                "revision", state.revision(),
                "convergence",
                        switch (state.convergence()) {
                            case Convergence.Converging() -> CONVERGING;
                            case Convergence.Converged() -> CONVERGED;
                            case Convergence.Failed _ -> FAILED;
                        },
                "containers",
                        state.containers().stream()
                                .map(container -> Ordered.map(
                                        "name", container.name().value(),
                                        "running", RUNNING.write(container.running()),
                                        "health", HEALTH.write(container.health())))
                                .toList());
        if (state.convergence() instanceof Convergence.Failed(Cause cause)) {
            form.put("cause", write(cause));
        }
        return form;
    }

    static NodeState read(Fields fields) {
        return new NodeState(
                fields.text("node", NodeId::of),
                fields.text("deployment", DeploymentName::of),
                fields.number("revision", Long::valueOf),
                switch (fields.text("convergence")) {
                    case CONVERGING -> new Convergence.Converging();
                    case CONVERGED -> new Convergence.Converged();
                    case FAILED -> new Convergence.Failed(fields.object("cause", NodeStateForm::readCause));
                    default -> throw fields.unknown("convergence");
                },
                fields.objects("containers", NodeStateForm::readContainer));
    }

    private static ContainerStatus readContainer(Fields fields) {
        return new ContainerStatus(
                fields.text("name", ContainerName::of), RUNNING.read(fields, "running"), HEALTH.read(fields, "health"));
    }

    static Map<String, Object> write(Cause cause) {
        return Ordered.map("what", cause.what(), "where", cause.where(), "next", cause.next());
    }

    static Cause readCause(Fields fields) {
        return new Cause(fields.text("what"), fields.text("where"), fields.text("next"));
    }
}
