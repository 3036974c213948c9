package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.resolver.ResolverKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The files of unbound. All in memory: after a restart of the machine there are none. */
record UnboundFolder(Path folder) {
    private static final int MOST_BYTES = 4 << 20;

    /**
     * What unbound has taken up: written after it did, so that whoever dies between the two does it again.
     *
     * @param owners whose it is
     */
    record TakenUp(List<Owned> owners, String config) {
        TakenUp {
            owners = List.copyOf(owners);
        }
    }

    Path config() {
        return folder.resolve("unbound.conf");
    }

    private Path proposed() {
        return folder.resolve("candidate.conf");
    }

    private Path taken() {
        return folder.resolve("taken-up");
    }

    /** Writes a configuration that is tried first. */
    Path propose(String config) throws IOException {
        Files.createDirectories(folder);
        DurableFile.replace(proposed(), config.getBytes(StandardCharsets.UTF_8));
        return proposed();
    }

    /** From now on it is what unbound reads. */
    void acceptProposed() throws IOException {
        Files.move(proposed(), config(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Its owners in the first line, each a deployment and a resource. */
    void write(TakenUp taken) throws IOException {
        String owners = taken.owners().stream()
                .map(owned ->
                        "%s %s".formatted(owned.deployment(), owned.resource().name()))
                .collect(Collectors.joining(" "));
        DurableFile.replace(taken(), (owners + "\n" + taken.config()).getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when it has taken up nothing, or nobody knows what. */
    Optional<TakenUp> takenUp() throws IOException {
        if (!Files.exists(taken()) || Files.size(taken()) > MOST_BYTES) {
            return Optional.empty();
        }
        String[] parts = Files.readString(taken()).split("\n", 2);
        String[] words = parts[0].split(" ", -1);
        try {
            return Optional.of(new TakenUp(
                    IntStream.range(0, words.length / 2)
                            .mapToObj(each -> owned(words[2 * each], words[2 * each + 1]))
                            .toList(),
                    parts[parts.length - 1]));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private static Owned owned(String deployment, String resource) {
        return new Owned(
                DeploymentName.of(deployment), new ResourceId(new ResolverKind().name(), ResourceName.of(resource)));
    }

    /** Forgets all. */
    void clear() throws IOException {
        KnotFolder.clear(folder);
    }
}
