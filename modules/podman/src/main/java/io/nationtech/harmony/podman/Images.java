package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.ImageLookup;
import io.nationtech.harmony.domain.capability.SecretValues;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.RegistryHost;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Gets images into podman's store, and knows which are on their way. Safe for use by several threads. */
final class Images {
    private static final Logger LOG = System.getLogger(Images.class.getName());

    /** For an image over a slow uplink. What has no end within it is tried again. */
    private static final Duration PULL = Duration.ofMinutes(10);

    private static final int UNKNOWN_IMAGE = 1;

    private final Podman podman;
    private final FetchedImages fetched;
    private final Consumer<DeploymentName> changed;
    private final TagLookup tags;
    private final AuthFile auth;
    private final Map<UnitName, ImageReference> pulling = new ConcurrentHashMap<>();
    private final Map<ImageReference, ImageConfig> configs = new ConcurrentHashMap<>();

    /** Whether it is known how an image's program is started. */
    sealed interface Inspection {
        /** It is. */
        record Done(ImageConfig config) implements Inspection {}

        /** The image cannot be had, or podman cannot tell. */
        record Failed(Cause cause) implements Inspection {}
    }

    /**
     * @param fetched takes note of what is fetched for whom
     * @param changed told when a pull begins and when it ends
     * @param owner before names of what is this node's
     * @param memory where logins are while podman fetches
     */
    Images(
            Podman podman,
            FetchedImages fetched,
            Consumer<DeploymentName> changed,
            String owner,
            Optional<MemoryFolder> memory) {
        this.podman = podman;
        this.fetched = fetched;
        this.changed = changed;
        this.tags = new TagLookup(podman, owner);
        this.auth = new AuthFile(memory, owner + "registry");
    }

    /** Which image the tag of a container's image names at its registry now. */
    ImageLookup lookUp(Container container, SecretValues secrets) {
        return auth.with(
                container.pull().login(),
                secrets,
                words ->
                        tags.ask(container.image(), words, (cause, finished) -> loginAware(container, cause, finished)),
                ImageLookup.Unanswered::new);
    }

    /** The digests of what the store has under a reference. */
    Set<ImageDigest> digests(ImageReference image) {
        Finished told = podman.run("image", "inspect", "--format", "{{json .RepoDigests}}", image.toString());
        return told.succeeded() ? TagLookup.digests(told.output()) : Set.of();
    }

    /** The images that are being fetched just now, by the container that waits for them. */
    Map<UnitName, ImageReference> pulling() {
        return Map.copyOf(pulling);
    }

    /**
     * Gets a container's image into the store if it is not there already; empty when it is there afterwards. When the thread is interrupted,
     * podman is killed; the layers that it has whole are not fetched again.
     */
    Optional<Cause> fetch(DeploymentName deployment, Container container, SecretValues secrets) {
        UnitName unit = new UnitName(deployment, container.name());
        ImageReference image = container.image();
        fetched.want(unit, image);
        Finished known = podman.run("image", "exists", image.toString());
        if (known.succeeded()) {
            return Optional.empty();
        }
        if (known.status() != UNKNOWN_IMAGE) {
            return failed(container, known);
        }
        pulling.put(unit, image);
        changed.accept(deployment);
        try {
            return auth.with(container.pull().login(), secrets, words -> pull(container, words), Optional::of);
        } finally {
            pulling.remove(unit);
            changed.accept(deployment);
        }
    }

    /** Tells how an image's program is started, after getting it as {@link #fetch} does; podman is asked once. */
    Inspection inspect(DeploymentName deployment, Container container, SecretValues secrets) {
        ImageReference image = container.image();
        ImageConfig known = configs.get(image);
        if (known != null) {
            return new Inspection.Done(known);
        }
        Optional<Cause> missing = fetch(deployment, container, secrets);
        if (missing.isPresent()) {
            return new Inspection.Failed(missing.get());
        }
        Finished told = podman.run("image", "inspect", "--format", "{{json .Config}}", image.toString());
        Optional<ImageConfig> config = told.succeeded() ? ImageConfig.parse(told.output()) : Optional.empty();
        config.ifPresent(found -> configs.put(image, found));
        return config.<Inspection>map(Inspection.Done::new)
                .orElseGet(() -> new Inspection.Failed(
                        Diagnosis.of("what image '%s' runs cannot be told".formatted(image), podman.where(), told)));
    }

    private Optional<Cause> pull(Container container, List<String> login) {
        ImageReference image = container.image();
        configs.remove(image);
        // No retries here: whoever converges comes again, and a person waits for the answer.
        List<String> words = new ArrayList<>(List.of("pull", "--quiet", "--retry", "0"));
        words.addAll(login);
        words.add(image.toString());
        Finished pulled = podman.run(PULL, words);
        if (!pulled.succeeded()) {
            return failed(container, pulled);
        }
        settle();
        fetched.fetched(image);
        return Optional.empty();
    }

    /** Removes what was fetched and nobody wants any more, as a deployment is as declared with these images. */
    void tidy(DeploymentName deployment, Map<ContainerName, ImageReference> declared) {
        fetched.settled(deployment, declared, this::remove);
    }

    /** One that a container has which somebody else made stays for as long as that. */
    private boolean remove(ImageReference image) {
        Finished removed = podman.run(PULL, "image", "rm", "--ignore", image.toString());
        if (removed.succeeded()) {
            configs.remove(image);
            LOG.log(Level.INFO, "Image {0} is removed: nothing here needs it any more", image);
        } else {
            LOG.log(
                    Level.DEBUG,
                    "Image {0} stays for now: {1}",
                    image,
                    removed.errors().strip());
        }
        return removed.succeeded();
    }

    private Optional<Cause> failed(Container container, Finished finished) {
        Cause cause =
                Diagnosis.of("image '%s' cannot be fetched".formatted(container.image()), podman.where(), finished);
        return Optional.of(loginAware(container, cause, finished));
    }

    /** Who is not let in is told of the secret that says who they are, or of the word for one. */
    private static Cause loginAware(Container container, Cause cause, Finished finished) {
        if (!Diagnosis.isAboutLogin(finished)) {
            return cause;
        }
        RegistryHost registry = container.image().registry();
        return new Cause(
                cause.what(),
                cause.where(),
                container.pull().login().isPresent()
                        ? "registry '%1$s' does not take the login in secret '%2$s', or has no such image for it; set another, as user:password: `harmony secret set %2$s`, and deploy again"
                                .formatted(
                                        registry,
                                        container
                                                .pull()
                                                .login()
                                                .get()
                                                .secret()
                                                .ref()
                                                .name())
                        : "registry '%1$s' wants a login, or has no such image; check the reference, or say with(RegistryLogin.of(RegistryHost.of(\"%1$s\"), SecretRef.of(…)))"
                                .formatted(registry));
    }

    /**
     * Waits until the disk has what was fetched. Podman writes its records durably and the layers not: a power cut right after a pull left
     * layers of empty files, which podman took for whole ones.
     */
    private void settle() {
        Finished store = podman.run("info", "--format", "{{.Store.GraphRoot}}");
        String root = store.output().strip();
        Finished settled = store.succeeded() && root.startsWith("/")
                ? podman.programs().run(PULL, "sync", "--file-system", root)
                : store;
        if (!settled.succeeded()) {
            LOG.log(
                    Level.WARNING,
                    "Not known whether the disk has what was fetched: {0}",
                    settled.errors().strip());
        }
    }
}
