package io.nationtech.harmony.haproxy;

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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the proxy has taken up: written after it did, so that whoever dies between the two does it again.
 *
 * @param digests of each route with its certificate
 */
record Loaded(SortedMap<Owned, String> digests) {
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
            return new Loaded(new TreeMap<>());
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

    boolean has(Map.Entry<Owned, String> route) {
        return route.getValue().equals(digests.get(route.getKey()));
    }
}
