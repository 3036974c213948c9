package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.ImageLookup;
import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.registry.RegistryClient;
import io.nationtech.harmony.rules.Place;
import io.nationtech.harmony.rules.Places;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Finds out the digests of images, and where in a module's sources these are to stand.
 *
 * @param places of the module's names
 * @param files its sources
 */
record Pinner(Places places, List<SourceFile> files, RegistryClient registries, RegistryLogins logins) {

    /** What is to become of images. All registries are asked at once. */
    List<PinReport.Row> find(List<UsedImage> images) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<PinReport.Row>> asked = images.stream()
                    .map(image -> threads.submit(() -> new PinReport.Row(image, find(image))))
                    .toList();
            List<PinReport.Row> rows = new ArrayList<>();
            for (Future<PinReport.Row> each : asked) {
                rows.add(each.get());
            }
            return rows;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(
                    ExitCode.FAILED, new Cause("interrupted", "this command", "nothing was written; run it again"), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Pinning find(UsedImage used) {
        if (used.image().digest().isPresent()) {
            return new Pinning.Already();
        }
        return used.followsItsTag() ? new Pinning.Follows() : ask(used);
    }

    private Pinning ask(UsedImage used) {
        try {
            return switch (registries.lookUp(used.image(), used.login().flatMap(logins::of))) {
                case ImageLookup.Found(ImageDigest digest) ->
                    found(used, used.image().withDigest(digest));
                case ImageLookup.Unanswered(Cause cause) ->
                    new Pinning.Left(new Cause(cause.what(), where(used), cause.next()));
            };
        } catch (SecretsUnavailableException e) {
            return new Pinning.Left(e.why());
        }
    }

    private Pinning found(UsedImage used, ImageReference pinned) {
        List<SourceFile.Text> texts =
                files.stream().flatMap(file -> file.naming(used.image())).toList();
        if (!texts.isEmpty()) {
            return new Pinning.Pinned(pinned, texts);
        }
        boolean isQuoted = quoted(used.image()).findAny().isPresent();
        return new Pinning.Left(new Cause(
                isQuoted
                        ? "image '%s' stands in a text that may be more than an image".formatted(used.image())
                        : "the words of image '%s' are put together, or not in this module".formatted(used.image()),
                where(used),
                "write ImageReference.of(\"%s\") where it is made".formatted(pinned)));
    }

    private Stream<Place> quoted(ImageReference image) {
        return files.stream().flatMap(file -> file.quoting(image)).map(SourceFile.Text::place);
    }

    /** The line that a person is to look at. */
    private String where(UsedImage used) {
        return quoted(used.image())
                .findFirst()
                .or(() -> places.find(used.image()))
                .or(() -> used.names().stream()
                        .flatMap(name -> places.find(ServiceName.of(name.value())).stream())
                        .findFirst())
                .orElseGet(places::begin)
                .toString();
    }
}
