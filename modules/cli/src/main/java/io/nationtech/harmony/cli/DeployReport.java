package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.engine.DeployResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** How a deploy or a withdrawal ended. */
record DeployReport(DeploymentName deployment, String done, DeployResult result, Duration took) {

    /** Empty for a failure, which is told as its causes. */
    String text(Ink ink) {
        return switch (result) {
            case DeployResult.Deployed(int changes, List<URI> pages, List<Cause> tolerated) -> {
                StringBuilder text = new StringBuilder(ink.paint(Tone.GOOD, "✓ "));
                text.append("%s %s in %s: %s".formatted(deployment, done, Elapsed.of(took), nodes(changes)));
                if (!pages.isEmpty()) {
                    text.append(", smoke tests passed");
                }
                text.append('\n');
                pages.forEach(page -> text.append("  %s%n".formatted(page)));
                if (!tolerated.isEmpty()) {
                    text.append("The failure budget allows that these failed: %d%n".formatted(tolerated.size()));
                    tolerated.forEach(cause ->
                            text.append(ink.paint(Tone.BAD, "✗ ")).append(cause).append('\n'));
                }
                yield text.toString();
            }
            case DeployResult.Failed _ -> "";
        };
    }

    private static String nodes(int changes) {
        return switch (changes) {
            case 0 -> "nothing to change";
            case 1 -> "1 node changed";
            default -> "%d nodes changed".formatted(changes);
        };
    }

    Object json() {
        return switch (result) {
            case DeployResult.Deployed(int changes, List<URI> pages, List<Cause> tolerated) ->
                Json.object(
                        "deployment",
                        deployment.value(),
                        "result",
                        done,
                        "nodesChanged",
                        changes,
                        "pages",
                        pages.stream().map(URI::toString).toList(),
                        "tolerated",
                        tolerated.stream().map(Json::of).toList());
            case DeployResult.Failed(var causes) ->
                Json.object(
                        "deployment",
                        deployment.value(),
                        "result",
                        "failed",
                        "causes",
                        causes.stream().map(Json::of).toList());
        };
    }

    ExitCode exitCode() {
        return switch (result) {
            case DeployResult.Deployed _ -> ExitCode.DONE;
            case DeployResult.Failed _ -> ExitCode.FAILED;
        };
    }
}
