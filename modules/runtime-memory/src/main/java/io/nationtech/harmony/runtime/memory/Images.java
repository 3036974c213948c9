package io.nationtech.harmony.runtime.memory;

import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.domain.value.ImageReference;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** A registry that several runtimes fetch from. */
public final class Images {
    private final Map<ImageReference, Image> images = new ConcurrentHashMap<>();
    private final Map<ImageReference, Set<Arguments>> commands = new ConcurrentHashMap<>();
    private final Map<ImageReference, ImageDigest> tags = new ConcurrentHashMap<>();

    /** What a container of an image answers to every request. */
    record Image(int status, String page, CountDownLatch fetched) {}

    /** An empty registry. */
    public Images() {}

    /** Offers an image whose containers answer 200 with this page. */
    public void serve(ImageReference reference, String page) {
        images.put(reference, new Image(200, page, new CountDownLatch(0)));
    }

    /** Offers an image whose containers answer 500: they run, but are not healthy. */
    public void serveSick(ImageReference reference) {
        images.put(reference, new Image(500, "sick", new CountDownLatch(0)));
    }

    /** Offers an image that takes for ever to fetch, until the returned action is run. */
    public Runnable serveStuck(ImageReference reference, String page) {
        CountDownLatch fetched = new CountDownLatch(1);
        images.put(reference, new Image(200, page, fetched));
        return fetched::countDown;
    }

    /** In containers of an image, this command ends well; others are not found. */
    public void know(ImageReference reference, Arguments command) {
        commands.computeIfAbsent(reference, _ -> ConcurrentHashMap.newKeySet()).add(command);
    }

    /** From now on a tag names that image, which is offered by its digest. */
    public void tag(ImageReference tag, ImageDigest digest) {
        tags.put(tag, digest);
    }

    /** From now on nobody answers what a tag names. */
    public void untag(ImageReference tag) {
        tags.remove(tag);
    }

    Optional<ImageDigest> tagged(ImageReference tag) {
        return Optional.ofNullable(tags.get(tag));
    }

    boolean knows(ImageReference reference, Arguments command) {
        return commands.getOrDefault(reference, Set.of()).contains(command);
    }

    Optional<Image> find(ImageReference reference) {
        return Optional.ofNullable(images.get(reference));
    }
}
