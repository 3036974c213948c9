package io.nationtech.harmony.domain.value;

import java.util.List;

/** Where a container finds something: an absolute path in it, of names of A-Z, a-z, 0-9, '.', '_' and '-', at most 255 characters. */
public record MountPath(String value) {
    /** What the container has of its node's kernel, or of Harmony. */
    private static final List<String> TAKEN = List.of("/proc", "/sys", "/dev", "/run/secrets");

    public MountPath {
        if (!FolderPath.isBelowRoot(value)) {
            InvalidValueException refusal = new InvalidValueException(
                    "'%s' is not a path to mount at; write an absolute one without '.' and '..', as in /var/lib/data"
                            .formatted(value));
            String likely = "/" + value.replaceAll("^/+|/+$", "");
            throw FolderPath.isBelowRoot(likely) ? refusal.suggesting("'" + likely + "'") : refusal;
        }
        for (String taken : TAKEN) {
            if (value.equals(taken) || value.startsWith(taken + "/")) {
                throw new InvalidValueException(
                        "'%s' is not a path to mount at: a container has something of its own at %s"
                                .formatted(value, taken));
            }
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not an absolute path, or one that every container has already
     */
    public static MountPath of(String value) {
        return new MountPath(value);
    }

    /** Whether what is mounted at the other path would stand in what is mounted here, or in its place. */
    public boolean holds(MountPath other) {
        return other.value.equals(value) || other.value.startsWith(value + "/");
    }

    @Override
    public String toString() {
        return value;
    }
}
