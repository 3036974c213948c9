package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.SecretValues;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.MountedSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The values of secrets that containers read, as files in memory: a bind mount shows each to its container. Podman's own secrets are
 * not used: it copies each value, as it is, onto the disk beside the container, whatever its driver (podman 5.4).
 *
 * @param root in a file system that is in memory; not that of units, /run/harmony-secrets, which systemd makes in its own way
 */
record MemoryFolder(Path root) {
    private static final List<Path> PLACES = List.of(Path.of("/run"), Path.of("/dev/shm"));
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER = permissions("rwx------");
    static final FileAttribute<Set<PosixFilePermission>> OWNERS_FILE = permissions("rw-------");
    /** Of a mode, as in inode(7): the kind of file, that of a folder, and what others may. */
    private static final int TYPE = 0170000;

    private static final int FOLDER = 0040000;
    private static final int OTHERS = 0077;
    static final Set<PosixFilePermission> OWNERS_EYES = PosixFilePermissions.fromString("r--------");
    /** A container's process may be of any user; who may see the file at all, its folder says. */
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("r--r--r--");

    /** The folder on this machine; empty where nothing is in memory. */
    static Optional<MemoryFolder> here() {
        return PLACES.stream()
                .filter(MemoryFolder::isInMemory)
                .map(place -> new MemoryFolder(place.resolve("harmony-podman-secrets")))
                .findFirst();
    }

    private static boolean isInMemory(Path place) {
        try {
            return IN_MEMORY.contains(Files.getFileStore(place).type());
        } catch (IOException e) {
            return false;
        }
    }

    static Cause nowhere() {
        return new Cause(
                "a secret's value has no place in memory: neither /run nor /dev/shm is a tmpfs",
                "this node",
                "mount one: `mount -t tmpfs tmpfs /run`; a value is never written to a disk");
    }

    /** Where the value of a secret is for a container. */
    Path file(String container, MountedSecret secret) {
        return root.resolve(container).resolve("%s.v%d".formatted(secret.ref().name(), secret.version()));
    }

    /** Puts the values there that are not there yet; returns why one cannot be. */
    Optional<Cause> put(String name, Container container, SecretValues values) {
        for (MountedSecret secret : container.security().secrets()) {
            Path file = file(name, secret);
            try {
                Optional<Cause> obstacle = own(name);
                if (obstacle.isEmpty() && !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    obstacle = values.lend(secret, value -> write(file, value));
                }
                if (obstacle.isPresent()) {
                    return obstacle;
                }
            } catch (UncheckedIOException e) {
                return Optional.of(new Cause(
                        "the value of secret '%s' cannot be put in memory: %s"
                                .formatted(secret.ref().name(), e.getMessage()),
                        file.toString(),
                        "look at `df -h` and the permissions there"));
            }
        }
        return Optional.empty();
    }

    /** Makes a folder in this one; returns why it is not ours. */
    Optional<Cause> own(String name) {
        return own(root).or(() -> own(root.resolve(name)));
    }

    /**
     * Makes a folder if there is none, and refuses one in which somebody else may have put something or may look: in /dev/shm anybody
     * can make a folder of any name before us.
     */
    private static Optional<Cause> own(Path folder) {
        try {
            try {
                Files.createDirectory(folder, OWNERS_FOLDER);
            } catch (FileAlreadyExistsException e) {
                // So it must be one that we made.
            }
            int mode = (int) Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            boolean isOurs = (mode & TYPE) == FOLDER
                    && (mode & OTHERS) == 0
                    && owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
            return isOurs
                    ? Optional.empty()
                    : Optional.of(new Cause(
                            "the folder for secrets was made by somebody else: it is of user %s, with mode %o"
                                    .formatted(owner, mode),
                            folder.toString(),
                            "look who made it, then remove it: `rm -r %s`; the agent makes its own, for its user alone"
                                    .formatted(folder)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the values that a container does not read any more; with no secrets, all of them. */
    void keepOnly(String name, List<MountedSecret> secrets) {
        Set<Path> kept = secrets.stream().map(secret -> file(name, secret)).collect(Collectors.toSet());
        Path folder = root.resolve(name);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> !kept.contains(file)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (kept.isEmpty()) {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] value) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, OWNERS_FILE);
            Files.write(fresh, value);
            Files.setPosixFilePermissions(fresh, READABLE);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
