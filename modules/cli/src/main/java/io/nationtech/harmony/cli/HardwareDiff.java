package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.HardwareChange;
import io.nationtech.harmony.fleet.Reported;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What changed between two reports of a node.
 *
 * @param now what it is compared at, to say how long ago each was told
 */
record HardwareDiff(Reported before, Reported after, Instant now) {

    /**
     * Compares with the last.
     *
     * @param reports at least one, oldest first
     * @throws CommandFailedException when the mesh no longer keeps the generation that was asked for
     */
    static HardwareDiff of(List<Reported> reports, Since since, Instant now) {
        Reported last = reports.getLast();
        Reported before = switch (since) {
            case Since.Before() -> reports.get(Math.max(0, reports.size() - 2));
            case Since.Numbered(Generation generation) ->
                reports.reversed().stream()
                        .filter(one -> one.report().generation().equals(generation))
                        .findFirst()
                        .orElseThrow(() -> notKept(generation, reports));
            case Since.Ago(Duration ago) ->
                reports.reversed().stream()
                        .filter(one -> !one.written().isAfter(now.minus(ago)))
                        .findFirst()
                        .orElse(reports.getFirst());
        };
        return new HardwareDiff(before, last, now);
    }

    private static CommandFailedException notKept(Generation generation, List<Reported> reports) {
        return new CommandFailedException(
                ExitCode.FAILED,
                new Cause(
                        "generation %s is not kept".formatted(generation),
                        "mesh, node hardware",
                        "kept are "
                                + reports.stream()
                                        .map(one -> one.report().generation().toString())
                                        .collect(Collectors.joining(", "))));
    }

    String text(Ink ink) {
        String head = "%s  generation %s, told %s ago  →  generation %s, told %s ago%n"
                .formatted(
                        ink.paint(Tone.STRONG, after.report().node().value()),
                        before.report().generation(),
                        ago(before),
                        after.report().generation(),
                        ago(after));
        List<HardwareChange> changes = changes();
        return head
                + (changes.isEmpty()
                        ? "  no difference but in temperatures, or in what could not be read\n"
                        : changes.stream().map("  %s%n"::formatted).collect(Collectors.joining()));
    }

    private String ago(Reported reported) {
        return Elapsed.of(Duration.between(reported.written(), now));
    }

    private List<HardwareChange> changes() {
        return after.report().since(before.report());
    }

    Object json() {
        return Json.object(
                "node", after.report().node().value(),
                "before", before.report().generation().number(),
                "beforeWritten", before.written().toString(),
                "after", after.report().generation().number(),
                "afterWritten", after.written().toString(),
                "changes", changes().stream().map(HardwareChange::toString).toList());
    }
}
