package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.cli.Table.Row;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.rollout.WaveSize;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.engine.DeployResult;
import io.nationtech.harmony.engine.RolloutOrders;
import io.nationtech.harmony.form.RecordForm;
import io.nationtech.harmony.rollout.NodeProgress;
import io.nationtech.harmony.rollout.PlannedChange;
import io.nationtech.harmony.rollout.RolloutRecord;
import io.nationtech.harmony.rollout.RolloutState;
import io.nationtech.harmony.rollout.Verdict;
import io.nationtech.harmony.rollout.Wave;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How far a rollout is. */
final class RolloutReport {
    private static final List<String> HEAD = List.of("WAVE", "NODE", "PROGRESS", "BECAUSE");
    private static final String ENDED = "–";

    private final RolloutRecord rollout;
    private final RolloutState state;
    private final List<Wave> waves;

    /**
     * @param planned none once it ended, when they are kept no longer
     */
    RolloutReport(RolloutRecord rollout, List<PlannedChange> planned) {
        Set<NodeId> nodes = new TreeSet<>(rollout.progress().nodes().keySet());
        planned.forEach(change -> nodes.add(change.node()));
        this.rollout = rollout;
        this.state = rollout.state(nodes);
        this.waves = rollout.plan(planned).waves();
    }

    /** In one line. */
    String line() {
        return "%s: %s, %d of %d nodes done%s"
                .formatted(
                        rollout.deployment(),
                        standing(),
                        count(Set.of(NodeProgress.Done.class, NodeProgress.Lost.class)),
                        state.nodes().size(),
                        others());
    }

    private String standing() {
        return switch (rollout.progress().verdict()) {
            case Verdict.Running() -> "running" + currentWave();
            case Verdict.Paused(var by, var since) -> "paused by %s since %s".formatted(by, since);
            case Verdict.RollingBack _ -> "rolling back";
            case Verdict.Done() -> "done";
            case Verdict.Stopped _ -> "stopped";
            case Verdict.RolledBack _ -> "rolled back";
        };
    }

    private String currentWave() {
        return IntStream.range(0, waves.size())
                .filter(at -> waves.get(at).nodes().stream().anyMatch(this::isOpen))
                .mapToObj(at -> ", wave %d of %d".formatted(at + 1, waves.size()))
                .findFirst()
                .orElse("");
    }

    private boolean isOpen(NodeId node) {
        NodeProgress progress = state.nodes().getOrDefault(node, new NodeProgress.Waiting());
        return progress instanceof NodeProgress.Waiting || progress.isUnderWay();
    }

    private String others() {
        return some(count(NodeProgress::isUnderWay), "under way")
                + some(count(Set.of(NodeProgress.Failed.class)), "failed")
                + some(count(Set.of(NodeProgress.Returned.class)), "have what they had");
    }

    private static String some(long count, String what) {
        return count == 0 ? "" : ", %d %s".formatted(count, what);
    }

    private long count(Set<Class<? extends NodeProgress>> kinds) {
        return count(progress -> kinds.contains(progress.getClass()));
    }

    private long count(Predicate<NodeProgress> which) {
        return state.nodes().values().stream().filter(which).count();
    }

    String text(Ink ink) {
        StringBuilder text = new StringBuilder(ink.paint(tone(), line())).append('\n');
        field(
                text,
                "began",
                "%s, by %s".formatted(rollout.began().at(), rollout.began().by()));
        field(
                text,
                "run by",
                "%s since %s".formatted(rollout.runner().by(), rollout.runner().since()));
        field(text, "terms", terms());
        why().ifPresent(cause -> field(text, "because", cause.toString()));
        return text.append('\n').append(Table.of(HEAD, rows()).render(ink)).toString();
    }

    private String terms() {
        Rollout terms = rollout.terms();
        return "%s at a time, canaries: %d, may fail in each failure domain: %d, healthy for %s within %s; else %s"
                .formatted(
                        switch (terms.waves()) {
                            case WaveSize.Nodes(int most) -> "%d nodes".formatted(most);
                            case WaveSize.Share(int percent) -> "%d %% of the nodes".formatted(percent);
                            case WaveSize.ShareOfOneDomain(int percent) ->
                                "%d %% of the nodes, of one failure domain,".formatted(percent);
                        },
                        terms.canaries(),
                        terms.budget().perFailureDomain(),
                        Elapsed.of(terms.pace().minHealthy()),
                        Elapsed.of(terms.pace().deadline()),
                        switch (terms.onFailure()) {
                            case STOP -> "it stops";
                            case ROLL_BACK -> "it rolls back";
                        });
    }

    private Tone tone() {
        return switch (rollout.progress().verdict()) {
            case Verdict.Running(), Verdict.Paused _ -> Tone.CHANGED;
            case Verdict.RollingBack _, Verdict.Stopped _, Verdict.RolledBack _ -> Tone.BAD;
            case Verdict.Done() -> Tone.GOOD;
        };
    }

    private Optional<Cause> why() {
        return switch (rollout.progress().verdict()) {
            case Verdict.Running(), Verdict.Paused _ -> Optional.empty();
            case Verdict.Done() -> Optional.empty();
            case Verdict.RollingBack(Cause why) -> Optional.of(why);
            case Verdict.Stopped(Cause why) -> Optional.of(why);
            case Verdict.RolledBack(Cause why) -> Optional.of(why);
        };
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append("  %-8s %s%n".formatted(name, value));
    }

    private Stream<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Set<NodeId> shown = new TreeSet<>();
        for (int at = 0; at < waves.size(); at++) {
            String wave = "%d %s".formatted(at + 1, word(waves.get(at).phase().name()));
            waves.get(at).nodes().forEach(node -> {
                shown.add(node);
                rows.add(row(wave, node));
            });
        }
        state.nodes().keySet().stream()
                .filter(node -> !shown.contains(node))
                .forEach(node -> rows.add(row(ENDED, node)));
        return rows.stream();
    }

    private Row row(String wave, NodeId node) {
        NodeProgress progress = state.nodes().getOrDefault(node, new NodeProgress.Waiting());
        return Row.of(
                Cell.of(wave),
                Cell.of(node.value()),
                new Cell(word(progress.getClass().getSimpleName()), tone(progress)),
                Cell.of(progress instanceof NodeProgress.Failed(Cause cause) ? cause.what() : ""));
    }

    private static Tone tone(NodeProgress progress) {
        return switch (progress) {
            case NodeProgress.Done() -> Tone.GOOD;
            case NodeProgress.Failed _ -> Tone.BAD;
            case NodeProgress.Started _, NodeProgress.Healthy _, NodeProgress.Returning _ -> Tone.CHANGED;
            case NodeProgress.Waiting(), NodeProgress.Lost(), NodeProgress.Returned() -> Tone.FAINT;
        };
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    Object json() {
        Map<String, Object> object = RecordForm.of(RolloutRecord.class).write(rollout);
        object.put(
                "waves",
                waves.stream()
                        .map(wave -> Json.object(
                                "phase",
                                word(wave.phase().name()),
                                "nodes",
                                wave.nodes().stream().map(NodeId::value).toList()))
                        .toList());
        return object;
    }

    /** What it came to; empty while it goes on. */
    Optional<DeployResult> result() {
        return switch (rollout.progress().verdict()) {
            case Verdict.Running(), Verdict.RollingBack _ -> Optional.empty();
            case Verdict.Done() ->
                Optional.of(new DeployResult.Deployed(rollout.progress().nodes().size(), List.of(), failures()));
            case Verdict.Paused paused ->
                Optional.of(new DeployResult.Failed(List.of(RolloutOrders.paused(rollout.deployment(), paused))));
            case Verdict.Stopped _, Verdict.RolledBack _ ->
                Optional.of(new DeployResult.Failed(why().map(List::of).orElseGet(List::of)));
        };
    }

    private List<Cause> failures() {
        return rollout.progress().nodes().values().stream()
                .flatMap(progress ->
                        progress instanceof NodeProgress.Failed(Cause cause) ? Stream.of(cause) : Stream.empty())
                .toList();
    }
}
