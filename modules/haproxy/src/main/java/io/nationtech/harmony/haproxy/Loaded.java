package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the proxy has taken up: written after it did, so that whoever dies between the two does it again.
 *
 * @param digests of each route with its certificate
 */
record Loaded(SortedMap<Owned, String> digests) {
    /** One that has taken up nothing. */
    static final Loaded NOTHING = new Loaded(new TreeMap<>());

    private static final String FILE = "loaded";
    private static final int MOST_BYTES = 4 << 20;

    /** What is told of a folder; nothing where that cannot be read. */
    static Loaded read(Path folder, KindName kind) {
        SortedMap<Owned, String> digests = new TreeMap<>();
        try {
            Path file = folder.resolve(FILE);
            if (Files.size(file) <= MOST_BYTES) {
                for (String line : Files.readAllLines(file)) {
                    String[] words = line.split(" ", 3);
                    digests.put(
                            new Owned(DeploymentName.of(words[0]), new ResourceId(kind, ResourceName.of(words[1]))),
                            words[2]);
                }
            }
            return new Loaded(digests);
        } catch (IOException | InvalidValueException | ArrayIndexOutOfBoundsException e) {
            return NOTHING;
        }
    }

    void write(Path folder) throws IOException {
        String text = digests.entrySet().stream()
                .map(route -> "%s %s %s%n"
                        .formatted(
                                route.getKey().deployment(),
                                route.getKey().resource().name(),
                                route.getValue()))
                .collect(Collectors.joining());
        DurableFile.replace(folder.resolve(FILE), text.getBytes(StandardCharsets.UTF_8));
    }

    static void forget(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    /** What of it is a deployment's. */
    SortedMap<Owned, String> of(DeploymentName deployment) {
        SortedMap<Owned, String> own = new TreeMap<>(digests);
        own.keySet().removeIf(owned -> !owned.deployment().equals(deployment));
        return own;
    }

    /**
     * What came of each.
     *
     * @param before what was served until then
     * @param words what was changed where it was another or none, for people
     */
    Map<Owned, Outcome> since(Loaded before, Function<Map.Entry<Owned, String>, String> words) {
        return digests.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        one -> one.getValue().equals(before.digests.get(one.getKey()))
                                ? new Outcome.Unchanged()
                                : new Outcome.Changed(words.apply(one))));
    }

    /** What came of each where nothing could be taken up. */
    static Map<Owned, Outcome> failed(Set<Owned> all, Cause cause) {
        return all.stream().collect(Collectors.toMap(Function.identity(), _ -> new Outcome.Failed(cause)));
    }
}
