package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.FleetCodec;
import io.nationtech.harmony.fleet.SealedForNode;
import io.nationtech.harmony.mesh.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Secrets as they came, sealed for this node, one file each: a node without a mesh can open them, and nobody else can. What is
 * saved is on the disk when the call returns. Used by one thread per deployment.
 */
public final class SealedSecretStore {
    private static final String SUFFIX = ".sealed";

    private final Path folder;
    private final FleetCodec codec;

    /**
     * @param folder made when it is missing
     */
    public SealedSecretStore(Path folder, FleetCodec codec) {
        this.folder = folder;
        this.codec = codec;
    }

    /** What is kept; a file that cannot be read counts as none: the mesh has it too. */
    Optional<SealedForNode> load(DeploymentName deployment, MountedSecret secret) throws IOException {
        Path file = file(deployment, secret);
        try {
            if (Files.size(file) > Payload.LARGEST) {
                return Optional.empty();
            }
            return codec.sealedForNode(Payload.of(Files.readAllBytes(file)))
                            instanceof Decoded.Value<SealedForNode>(SealedForNode sealed)
                    ? Optional.of(sealed)
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void save(SealedForNode sealed) throws IOException {
        Files.createDirectories(folder);
        DurableFile.replace(
                folder.resolve(name(sealed.deployment(), sealed.secret())),
                codec.encode(sealed).bytes());
    }

    /** Deletes what else there is of a deployment. */
    void keepOnly(DeploymentName deployment, Set<MountedSecret> secrets) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Set<Path> kept =
                secrets.stream().map(secret -> file(deployment, secret)).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> others = files.filter(
                            file -> file.getFileName().toString().startsWith(deployment + "."))
                    .filter(file -> !kept.contains(file))
                    .toList();
            for (Path other : others) {
                Files.deleteIfExists(other);
            }
        }
    }

    private Path file(DeploymentName deployment, MountedSecret secret) {
        return folder.resolve(name(deployment, secret));
    }

    /** Neither a deployment's nor a secret's name has dots. */
    private static String name(DeploymentName deployment, MountedSecret secret) {
        return "%s.%s.v%d%s".formatted(deployment, secret.ref().name(), secret.version(), SUFFIX);
    }
}
