package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The questions and orders to systemd and its journal. */
record Systemd(Programs programs) {
    private static final Duration QUESTION = Duration.ofSeconds(30);

    /** Longer than a container may take to stop plus systemd's own 90 s to start, so that it is systemd who says what is wrong. */
    private static final Duration JOB = Stop.LONGEST.plusSeconds(150);

    /**
     * How units are; one process for any number of them.
     *
     * @throws RuntimeUnavailableException when systemd cannot tell
     */
    List<UnitState> show(List<UnitName> units) {
        if (units.isEmpty()) {
            return List.of();
        }
        List<String> words =
                new ArrayList<>(List.of("systemctl", "show", "--timestamp=unix", "--property=" + UnitState.PROPERTIES));
        units.forEach(unit -> words.add(unit.service()));
        Finished finished = programs.run(QUESTION, words);
        List<UnitState> states = UnitState.parse(finished.output());
        if (!finished.succeeded() || states.size() != units.size()) {
            throw new RuntimeUnavailableException(
                    Diagnosis.of("systemd cannot tell how its units are", "systemd on this node", finished));
        }
        return states;
    }

    /** Makes systemd read the files again. */
    Finished reload() {
        return programs.run(JOB, "systemctl", "daemon-reload");
    }

    Finished start(UnitName unit) {
        return explained(unit, programs.run(JOB, "systemctl", "start", unit.service()));
    }

    Finished restart(UnitName unit) {
        return explained(unit, programs.run(JOB, "systemctl", "restart", unit.service()));
    }

    Finished stop(UnitName unit) {
        return programs.run(JOB, "systemctl", "stop", unit.service());
    }

    /** Makes systemd forget that a unit failed, so that it is no longer listed; that it never did is no error. */
    void forgetFailure(UnitName unit) {
        programs.run(QUESTION, "systemctl", "reset-failed", unit.service());
    }

    /** The newest lines that a container wrote, of earlier runs too: they tell why it ended. */
    Finished logs(UnitName unit, int lines) {
        return programs.run(
                LogReading.DEADLINE,
                "journalctl",
                "--quiet",
                "--no-pager",
                "--output=cat",
                "--lines=" + lines,
                "CONTAINER_NAME=" + unit);
    }

    /** Systemd only says that a start failed; why is in the journal, in podman's words. */
    private Finished explained(UnitName unit, Finished finished) {
        return finished.succeeded()
                ? finished
                : podmansError(unit)
                        .map(error -> new Finished(finished.status(), finished.output(), error))
                        .orElse(finished);
    }

    private Optional<String> podmansError(UnitName unit) {
        String run = programs.run(QUESTION, "systemctl", "show", "--property=InvocationID", "--value", unit.service())
                .output()
                .strip();
        if (run.isEmpty()) {
            return Optional.empty();
        }
        programs.run(QUESTION, "journalctl", "--sync");
        return programs.run(
                        QUESTION,
                        "journalctl",
                        "--quiet",
                        "--no-pager",
                        "--output=cat",
                        "_SYSTEMD_INVOCATION_ID=" + run)
                .output()
                .lines()
                .filter(line -> line.startsWith("Error: "))
                .reduce((_, last) -> last);
    }
}
