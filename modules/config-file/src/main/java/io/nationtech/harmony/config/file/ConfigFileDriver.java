package io.nationtech.harmony.config.file;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.driver.DriverProvider;
import io.nationtech.harmony.driver.InstanceDriver;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.files.Folders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Writes configuration files. Each content has a file of its own, {@code <deployment>/<name>/<digest>}, that never changes: a container
 * that mounts the old one keeps it until it is replaced, and one that mounts another file is another container, which is how a change
 * reaches it. What holds values of secrets is below a folder in memory.
 */
public final class ConfigFileDriver implements InstanceDriver<ConfigFile> {
    private static final ConfigFileKind KIND = new ConfigFileKind();
    /** In hex digits; what is half written has a longer name. */
    private static final int DIGEST = 32;
    /** Older contents that a container may still mount, as its replacement fails. */
    private static final int KEPT = 8;

    private final Path onDisk;
    private final Path inMemory;
    private final Map<Owned, Path> current = new ConcurrentHashMap<>();

    /**
     * @param onDisk where files are kept, over a restart of the machine
     * @param inMemory where those with values of secrets are kept; gone after a restart of the machine
     */
    public ConfigFileDriver(Path onDisk, Path inMemory) {
        this.onDisk = onDisk;
        this.inMemory = inMemory;
    }

    /** For {@link java.util.ServiceLoader}. */
    public static DriverProvider provider() {
        return context -> Optional.of(new ConfigFileDriver(context.onDisk(KIND.name()), context.inMemory(KIND.name())));
    }

    @Override
    public ResourceKind<ConfigFile> kind() {
        return KIND;
    }

    @Override
    public List<ResourceStatus> observe(DeploymentName deployment) {
        try {
            return Stream.concat(names(onDisk, deployment), names(inMemory, deployment))
                    .distinct()
                    .sorted()
                    .map(name -> ResourceStatus.of(new ResourceId(KIND.name(), ResourceName.of(name)), Phase.READY))
                    .toList();
        } catch (IOException e) {
            throw new RuntimeUnavailableException(trouble("cannot be listed", deployment.value(), e));
        }
    }

    /** Of which there is a whole file. */
    private static Stream<String> names(Path root, DeploymentName deployment) throws IOException {
        return list(root.resolve(deployment.value())).stream()
                .filter(folder -> {
                    try {
                        return list(folder).stream().anyMatch(ConfigFileDriver::isWhole);
                    } catch (IOException e) {
                        return false;
                    }
                })
                .map(folder -> folder.getFileName().toString());
    }

    @Override
    public Outcome converge(DeploymentName deployment, ConfigFile file, Means means) {
        Path root = file.secrets().isEmpty() ? onDisk : inMemory;
        Path target = folder(root, deployment, file.name()).resolve(digest(file));
        Owned owned = new Owned(deployment, file.id());
        try {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            Optional<Cause> missing = fill(file, means, content);
            if (missing.isPresent()) {
                return new Outcome.Failed(missing.get());
            }
            boolean isThere = Files.exists(target) && Arrays.equals(Files.readAllBytes(target), content.toByteArray());
            if (!isThere) {
                write(target, content.toByteArray(), file);
            }
            current.put(owned, target);
            if (isThere) {
                return new Outcome.Unchanged();
            }
            forgetOld(target);
            return new Outcome.Changed("configuration file %s written".formatted(file.name()));
        } catch (IOException e) {
            return new Outcome.Failed(trouble("'%s' cannot be written".formatted(file.name()), deployment.value(), e));
        }
    }

    private static Optional<Cause> fill(ConfigFile file, Means means, ByteArrayOutputStream content) {
        for (ConfigFile.Part part : file.content()) {
            switch (part) {
                case ConfigFile.Text(String text) -> content.writeBytes(text.getBytes(StandardCharsets.UTF_8));
                case ConfigFile.SecretValue(var secret) -> {
                    Optional<Cause> missing = means.secrets().lend(secret, content::writeBytes);
                    if (missing.isPresent()) {
                        return missing;
                    }
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Outcome remove(DeploymentName deployment, ResourceId resource) {
        current.remove(new Owned(deployment, resource));
        try {
            boolean any = false;
            for (Path root : List.of(onDisk, inMemory)) {
                any |= removeAll(folder(root, deployment, resource.name()));
                Folders.deleteIfEmpty(root.resolve(deployment.value()));
            }
            return any
                    ? new Outcome.Changed("configuration file %s removed".formatted(resource.name()))
                    : new Outcome.Unchanged();
        } catch (IOException e) {
            return new Outcome.Failed(
                    trouble("'%s' cannot be removed".formatted(resource.name()), deployment.value(), e));
        }
    }

    @Override
    public Optional<Path> path(DeploymentName deployment, ResourceId resource) {
        return Optional.ofNullable(current.get(new Owned(deployment, resource)));
    }

    /** After a power cut there is the whole file or none. */
    private static void write(Path target, byte[] content, ConfigFile file) throws IOException {
        Path folder = target.resolveSibling("");
        Files.createDirectories(folder);
        String mode = file.mode() == ConfigFile.Mode.ALL ? "r--r--r--" : "r--------";
        DurableFile.replacePrivate(
                target,
                fresh -> {
                    if (file.owner().isPresent()) {
                        Files.setAttribute(fresh, "unix:uid", file.owner().get().user());
                        Files.setAttribute(fresh, "unix:gid", file.owner().get().group());
                    }
                    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(mode));
                },
                content);
    }

    private static void forgetOld(Path target) throws IOException {
        List<Path> others = list(target.resolveSibling("")).stream()
                .filter(other -> !other.equals(target))
                .sorted(Comparator.comparingLong((Path other) -> other.toFile().lastModified())
                        .reversed())
                .toList();
        for (Path old : others.subList(Math.min(KEPT, others.size()), others.size())) {
            Files.deleteIfExists(old);
        }
    }

    private static boolean removeAll(Path folder) throws IOException {
        List<Path> files = list(folder);
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
        return !files.isEmpty();
    }

    private static Path folder(Path root, DeploymentName deployment, ResourceName name) {
        return root.resolve(deployment.value()).resolve(name.value());
    }

    private static boolean isWhole(Path file) {
        return file.getFileName().toString().length() == DIGEST;
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        }
    }

    /** Of what is declared, not of what secrets say: a digest of a short secret would tell it. */
    private static String digest(ConfigFile file) {
        try {
            byte[] all =
                    MessageDigest.getInstance("SHA-256").digest(file.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, DIGEST / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private Cause trouble(String what, String deployment, IOException e) {
        return new Cause(
                "configuration file %s: %s".formatted(what, e),
                "deployment %s, %s".formatted(deployment, onDisk),
                "make room on the disk or repair it: `df -h`, `dmesg`; what ran before goes on");
    }
}
