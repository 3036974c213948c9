package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.ImageLookup;
import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.domain.value.ImageReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Asks registries what a tag names. Podman has no question for that; but a list of images that it keeps takes one up by its manifest, fetching no
 * layer, and tells then which it took. Unlike a pull this moves no tag in its store, which other deployments may use. Safe for use by several
 * threads, which wait for each other.
 */
final class TagLookup {
    /** For an answer of some kilobytes. */
    private static final Duration ANSWER = Duration.ofMinutes(1);

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final Podman podman;
    private final String list;
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * @param owner before the list's name: several nodes may share a machine
     */
    TagLookup(Podman podman, String owner) {
        this.podman = podman;
        this.list = "localhost/%slookup".formatted(owner);
    }

    /**
     * @param login words that log podman in
     * @param explaining says more of a cause, by how podman ended
     */
    ImageLookup ask(ImageReference image, List<String> login, BiFunction<Cause, Finished, Cause> explaining) {
        Interruption.lock(lock, podman.where());
        try {
            // One that was left by an agent which was ended.
            forget();
            Finished made = podman.run("manifest", "create", list);
            Finished taken = made.succeeded() ? podman.run(ANSWER, words(image, login)) : made;
            Finished told = taken.succeeded() ? podman.run("manifest", "inspect", list) : taken;
            Optional<ImageDigest> found =
                    told.succeeded() ? digests(told.output()).stream().findFirst() : Optional.empty();
            return found.<ImageLookup>map(ImageLookup.Found::new)
                    .orElseGet(() -> new ImageLookup.Unanswered(explaining.apply(unanswered(image, told), told)));
        } finally {
            Interruption.deferred(this::forget);
            lock.unlock();
        }
    }

    private Finished forget() {
        return podman.run("manifest", "rm", "--ignore", list);
    }

    private List<String> words(ImageReference image, List<String> login) {
        List<String> words = new ArrayList<>(List.of("manifest", "add"));
        words.addAll(login);
        words.addAll(List.of(list, "docker://" + image));
        return words;
    }

    private Cause unanswered(ImageReference image, Finished finished) {
        return Diagnosis.of(
                "the registry does not tell which image '%s' is now".formatted(image), podman.where(), finished);
    }

    /** Those in a text of podman's. */
    static Set<ImageDigest> digests(String json) {
        return DIGEST.matcher(json)
                .results()
                .map(MatchResult::group)
                .map(ImageDigest::of)
                .collect(Collectors.toSet());
    }
}
