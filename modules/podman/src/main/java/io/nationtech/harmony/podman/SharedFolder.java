package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ShareName;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a share is on this machine.
 *
 * @param folder absolute, outside of what belongs to the system
 * @param mount where something must be mounted for the folder to be the share's: the folder, or one above it; none for a folder of the
 *     machine's own disk
 */
public record SharedFolder(ShareName share, String folder, Optional<String> mount) {
    private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]++)++");
    private static final int LONGEST = 200;

    /** The system's, the container engine's, and what the agent's unit does not see: homes and temporary files. */
    private static final Set<String> SYSTEM = Set.of(
            "bin", "boot", "dev", "efi", "etc", "home", "lib", "lib32", "lib64", "libx32", "proc", "root", "run",
            "sbin", "sys", "tmp", "usr", "var");

    private static final Set<String> NEVERTHELESS = Set.of("/run/media/", "/var/media/", "/var/mnt/", "/var/srv/");

    public SharedFolder {
        requireOfSite(share, folder);
        mount.ifPresent(point -> requireOfSite(share, point));
    }

    private static void requireOfSite(ShareName share, String path) {
        if (path.length() > LONGEST || !PATH.matcher(path).matches()) {
            throw new InvalidValueException(
                    "share '%s': '%s' is not a folder; write an absolute path of A-Z, a-z, 0-9, '.', '_' and '-', without '.' and '..', of at most %d characters"
                            .formatted(share, shown(path), LONGEST));
        }
        if (SYSTEM.contains(path.split("/", 3)[1]) && NEVERTHELESS.stream().noneMatch(path::startsWith)) {
            throw new InvalidValueException(
                    "share '%s': %s belongs to the system; name a folder in /mnt, /media, /run/media, /srv or a folder of its own in /"
                            .formatted(share, path));
        }
    }

    /**
     * Reads {@code photos=mount:/mnt/nas}, {@code photos=mount:/mnt/nas:albums/all} for a folder of what is mounted, or {@code
     * documents=local:/srv/documents}.
     *
     * @throws InvalidValueException when it is none of these
     */
    static SharedFolder parse(String text) {
        String[] parts = text.split("=", 2);
        if (parts.length < 2) {
            throw unreadable(text);
        }
        ShareName share = ShareName.of(parts[0].strip());
        String[] where = parts[1].strip().split(":", -1);
        if (where.length == 2 && where[0].equals("local")) {
            return new SharedFolder(share, where[1], Optional.empty());
        }
        if (where.length == 2 && where[0].equals("mount")) {
            return new SharedFolder(share, where[1], Optional.of(where[1]));
        }
        if (where.length == 3 && where[0].equals("mount")) {
            return new SharedFolder(share, where[1] + "/" + where[2], Optional.of(where[1]));
        }
        throw unreadable(text);
    }

    private static InvalidValueException unreadable(String text) {
        return new InvalidValueException(
                "'%s' is not a share; write photos=mount:/mnt/nas for what is mounted there, photos=mount:/mnt/nas:albums for a folder in it, or photos=local:/srv/photos for a folder of this machine"
                        .formatted(shown(text)));
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    /** Whether one of both folders is in the other. */
    public boolean overlaps(String other) {
        return (folder + "/").startsWith(other + "/") || (other + "/").startsWith(folder + "/");
    }

    /** As it is read. */
    @Override
    public String toString() {
        return mount.map(point -> "%s=mount:%s%s"
                        .formatted(
                                share, point, folder.substring(point.length()).replaceFirst("/", ":")))
                .orElseGet(() -> "%s=local:%s".formatted(share, folder));
    }
}
