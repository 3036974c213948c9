package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.value.ImageReference;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The questions and orders to podman that both runtimes share. By its command line, not by its REST socket: that needs a service
 * that is always there and an HTTP client over a Unix socket, and people on site can type what stands here.
 */
record Podman(Programs programs, String where) {
    private static final Logger LOG = System.getLogger(Podman.class.getName());

    /** For what podman does without the network: it took 0.05 to 0.3 s when measured; boards with slow cards take longer. */
    static final Duration LOCAL = Duration.ofMinutes(2);

    /** For an image over a slow uplink. What has no end within it is tried again. */
    private static final Duration PULL = Duration.ofMinutes(10);

    private static final int UNKNOWN_IMAGE = 1;

    Finished run(String... words) {
        return run(List.of(words));
    }

    Finished run(List<String> words) {
        return programs.run(
                LOCAL, Stream.concat(Stream.of("podman"), words.stream()).toList());
    }

    /**
     * The containers, running or not, that carry all these labels.
     *
     * @throws RuntimeUnavailableException when podman cannot tell
     */
    List<Listed> list(List<String> labels) {
        List<String> words = new ArrayList<>(List.of("ps", "--all", "--format", "json"));
        labels.forEach(label -> words.addAll(List.of("--filter", "label=" + label)));
        Finished finished = run(words);
        if (!finished.succeeded()) {
            throw new RuntimeUnavailableException(Diagnosis.of("podman cannot list its containers", where, finished));
        }
        try {
            return Listed.parse(finished.output());
        } catch (Listed.UnreadableListException e) {
            throw new RuntimeUnavailableException(new Cause(
                    "podman's list of containers cannot be read: " + e.getMessage(),
                    where,
                    "compare `podman ps --all --format json` there; podman 4 and 5 are known to work"));
        }
    }

    /** Gets an image into the store if it is not there already; empty when it is there afterwards. */
    Optional<Cause> fetch(ImageReference image) {
        Finished known = run("image", "exists", image.toString());
        if (known.succeeded()) {
            return Optional.empty();
        }
        String what = "image '%s' cannot be fetched".formatted(image);
        if (known.status() != UNKNOWN_IMAGE) {
            return Optional.of(Diagnosis.of(what, where, known));
        }
        // No retries here: whoever converges comes again, and a person waits for the answer.
        Finished pulled = programs.run(PULL, "podman", "pull", "--quiet", "--retry", "0", image.toString());
        if (!pulled.succeeded()) {
            return Optional.of(Diagnosis.of(what, where, pulled));
        }
        settle();
        return Optional.empty();
    }

    /**
     * Waits until the disk has what was fetched. Podman writes its records durably and the layers not: a power cut right after a pull left
     * layers of empty files, which podman took for whole ones.
     */
    private void settle() {
        Finished store = run("info", "--format", "{{.Store.GraphRoot}}");
        String root = store.output().strip();
        Finished settled =
                store.succeeded() && root.startsWith("/") ? programs.run(PULL, "sync", "--file-system", root) : store;
        if (!settled.succeeded()) {
            LOG.log(
                    Level.WARNING,
                    "Not known whether the disk has what was fetched: {0}",
                    settled.errors().strip());
        }
    }

    /** The newest lines of a container's log in the order in which it wrote them, whichever stream it used. */
    Finished logs(String name, int lines) {
        return programs.runMixed(LOCAL, "podman", "logs", "--tail", Integer.toString(lines), name);
    }
}
