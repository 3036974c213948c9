package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which images were fetched, and which containers want them or may want them again: what somebody else brought is never removed, and nothing
 * before nobody wants it. Kept on disk, a line for each; what is lost of it leaves an image too many. Safe for use by several threads.
 */
final class FetchedImages {
    private static final Logger LOG = System.getLogger(FetchedImages.class.getName());
    /** Some 10,000 containers; a longer file is not ours. */
    private static final long MOST_BYTES = 4 << 20;

    private static final String FETCHED = "fetched";

    private final Path file;
    private final Set<ImageReference> fetched = new HashSet<>();
    private final Set<Want> wanted = new HashSet<>();

    /** Why a container wants an image. */
    private enum Reason {
        /** It had it when its deployment was last as declared. */
        GOOD,
        /** It had it before that: to go back to without a network. */
        BEFORE,
        /** It was to have it since. */
        TRIED
    }

    private record Want(UnitName container, Reason reason, ImageReference image) {
        static Optional<Want> parse(String[] words) {
            return Stream.of(Reason.values())
                    .filter(reason -> reason.name().equals(words[0]))
                    .findFirst()
                    .map(reason -> new Want(
                            new UnitName(DeploymentName.of(words[1]), ContainerName.of(words[2])),
                            reason,
                            new ImageReference(words[3])));
        }

        boolean isOf(DeploymentName deployment) {
            return container.deployment().equals(deployment);
        }

        @Override
        public String toString() {
            return "%s %s %s %s".formatted(reason, container.deployment(), container.container(), image);
        }
    }

    /**
     * @param file where it is kept; its folder is made when something is to be kept
     */
    FetchedImages(Path file) {
        this.file = file;
        try {
            if (Files.exists(file) && Files.size(file) <= MOST_BYTES) {
                Files.readAllLines(file).forEach(this::take);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "It is not known which images were fetched, so they stay: {0}", e.toString());
        }
    }

    /** A container is about to have an image, which from now on stays until its deployment is as declared with another. */
    synchronized void want(UnitName container, ImageReference image) {
        boolean isKnown = wanted.stream()
                .anyMatch(want ->
                        want.container().equals(container) && want.image().equals(image));
        if (!isKnown && wanted.add(new Want(container, Reason.TRIED, image))) {
            keep();
        }
    }

    /** An image was not there, and is now. */
    synchronized void fetched(ImageReference image) {
        if (fetched.add(image)) {
            keep();
        }
    }

    /**
     * A deployment is as declared, with these images. What nobody wants any more is removed, and nobody begins to want it meanwhile.
     *
     * @param removing removes an image, and tells whether it is gone
     */
    synchronized void settled(
            DeploymentName deployment,
            Map<ContainerName, ImageReference> declared,
            Predicate<ImageReference> removing) {
        Set<Want> settled = Stream.concat(
                        wanted.stream().filter(want -> !want.isOf(deployment)),
                        declared.entrySet().stream()
                                .flatMap(one -> settled(new UnitName(deployment, one.getKey()), one.getValue())))
                .collect(Collectors.toSet());
        boolean isOther = !settled.equals(wanted);
        if (isOther) {
            wanted.clear();
            wanted.addAll(settled);
        }
        Set<ImageReference> needed = wanted.stream().map(Want::image).collect(Collectors.toSet());
        boolean isLess = fetched.removeIf(image -> !needed.contains(image) && removing.test(image));
        if (isOther || isLess) {
            keep();
        }
    }

    private Stream<Want> settled(UnitName container, ImageReference image) {
        Reason last = image(container, Reason.GOOD).filter(image::equals).isPresent() ? Reason.BEFORE : Reason.GOOD;
        return Stream.concat(
                Stream.of(new Want(container, Reason.GOOD, image)),
                image(container, last).map(before -> new Want(container, Reason.BEFORE, before)).stream());
    }

    private Optional<ImageReference> image(UnitName container, Reason reason) {
        return wanted.stream()
                .filter(want -> want.container().equals(container) && want.reason() == reason)
                .map(Want::image)
                .findFirst();
    }

    private void keep() {
        try {
            Files.createDirectories(file.resolveSibling(""));
            String lines = Stream.concat(
                            fetched.stream().map(image -> FETCHED + " " + image),
                            wanted.stream().map(Want::toString))
                    .sorted()
                    .collect(Collectors.joining("\n"));
            DurableFile.replace(file, lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Cannot keep which images were fetched, so they may stay: {0}", e.toString());
        }
    }

    private void take(String line) {
        String[] words = line.split(" ");
        try {
            if (words.length == 2 && words[0].equals(FETCHED)) {
                fetched.add(new ImageReference(words[1]));
            } else if (words.length == 4) {
                Want.parse(words).ifPresent(wanted::add);
            }
        } catch (InvalidValueException e) {
            LOG.log(Level.WARNING, "Left out of the images that were fetched: {0}", e.getMessage());
        }
    }
}
