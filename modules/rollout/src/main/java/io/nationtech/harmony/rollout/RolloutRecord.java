package io.nationtech.harmony.rollout;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A rollout as it is kept, so that anybody can carry it on: together with what each node is to be told ({@link KeptChange}) this is all
 * that is to be known of it. Only whoever runs it writes how far it is; people write that it shall pause or go on.
 *
 * @param terms as they hold for this rollout
 */
public record RolloutRecord(DeploymentName deployment, Began began, Rollout terms, Runner runner, Progress progress) {
    /** More nodes are not changed by one rollout: what is kept of it is one entry of the mesh, of at most 1 MiB. */
    public static final int MOST_NODES = 5_000;

    /** Of so many nodes it is kept why they failed; of the others only that they did. */
    private static final int MOST_CAUSES = 100;

    private static final int LONGEST_TEXT = 300;

    private static final Cause NOT_KEPT = new Cause("it failed", "its node", "look there");

    /**
     * Who began it.
     *
     * @param at by the clock of whoever did
     * @param target what the nodes are to have, wherever that is: 64 hexadecimal digits, the same for the same content and terms
     */
    public record Began(Author by, Instant at, String target) {
        private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

        public Began {
            if (!DIGEST.matcher(target).matches()) {
                throw new InvalidValueException("'%s' is no digest of 64 hexadecimal digits".formatted(target));
            }
        }
    }

    /**
     * Who runs it, or did last.
     *
     * @param since by their clock
     * @param session unlike every other, as one may run it twice: 16 hexadecimal digits
     */
    public record Runner(Author by, Instant since, String session) {
        private static final Pattern SESSION = Pattern.compile("[0-9a-f]{16}");

        public Runner {
            if (!SESSION.matcher(session).matches()) {
                throw new InvalidValueException("'%s' is no session of 16 hexadecimal digits".formatted(session));
            }
        }
    }

    /**
     * How far it is.
     *
     * @param nodes without those that still wait
     */
    public record Progress(Verdict verdict, Map<NodeId, NodeProgress> nodes) {
        public Progress {
            nodes = Map.copyOf(nodes);
        }
    }

    /** The record of a rollout in this state; of very many failures, most are kept without their reason. */
    public static RolloutRecord of(
            DeploymentName deployment, Began began, Rollout terms, Runner runner, RolloutState state) {
        Map<NodeId, NodeProgress> nodes = new HashMap<>();
        int causes = 0;
        for (Map.Entry<NodeId, NodeProgress> node : state.nodes().entrySet()) {
            switch (node.getValue()) {
                case NodeProgress.Waiting() -> {}
                case NodeProgress.Failed(Cause cause) -> {
                    causes++;
                    nodes.put(
                            node.getKey(), new NodeProgress.Failed(causes > MOST_CAUSES ? NOT_KEPT : shortened(cause)));
                }
                case NodeProgress other -> nodes.put(node.getKey(), other);
            }
        }
        return new RolloutRecord(deployment, began, terms, runner, new Progress(state.verdict(), nodes));
    }

    private static Cause shortened(Cause cause) {
        return new Cause(shortened(cause.what()), shortened(cause.where()), shortened(cause.next()));
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        // Half of a surrogate pair cannot be written as UTF-8.
        int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
        return text.substring(0, end) + "…";
    }

    /** The rollout's state, of a plan that changes these nodes. */
    public RolloutState state(Collection<NodeId> planned) {
        RolloutState begun = RolloutState.begin(planned, began.at());
        Map<NodeId, NodeProgress> nodes = new TreeMap<>(begun.nodes());
        nodes.putAll(progress.nodes());
        return begun.with(nodes).with(progress.verdict());
    }

    /** The same as somebody wants it to stand. */
    public RolloutRecord with(Verdict verdict) {
        return new RolloutRecord(deployment, began, terms, runner, new Progress(verdict, progress.nodes()));
    }

    /** The same without what is known of a node. */
    public RolloutRecord without(NodeId node) {
        Map<NodeId, NodeProgress> others = new HashMap<>(progress.nodes());
        others.remove(node);
        return new RolloutRecord(deployment, began, terms, runner, new Progress(progress.verdict(), others));
    }

    /** The same as run by somebody else. */
    public RolloutRecord with(Runner other) {
        return new RolloutRecord(deployment, began, terms, other, progress);
    }

    /** The plan of which this is the state. */
    public RolloutPlan plan(List<PlannedChange> changes) {
        return new RolloutPlan(deployment, changes, terms);
    }
}
