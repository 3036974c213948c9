package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.form.FormException;
import io.nationtech.harmony.form.RecordForm;
import io.nationtech.harmony.form.Strictness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * What a release says of itself: {@code harmony_<version>_<architecture>.release.json}.
 *
 * @param parts one of each sort
 * @param deltas what makes a part of an older one's; at most 100
 */
public record OsRelease(SystemVersion version, Architecture architecture, List<Part> parts, List<Delta> deltas) {
    /** The form that is known here. */
    public static final int FORMAT = 1;

    /** The most bytes that one has. */
    static final int LONGEST = 1 << 16;

    private static final int MOST_DELTAS = 100;
    private static final String FORMAT_FIELD = "format";

    public OsRelease {
        parts = List.copyOf(parts);
        deltas = List.copyOf(deltas);
        for (Sort sort : Sort.values()) {
            long there = parts.stream().filter(part -> part.sort() == sort).count();
            if (there != 1) {
                throw new InvalidValueException("there are %d parts '%s', not one".formatted(there, sort));
            }
        }
        if (deltas.size() > MOST_DELTAS) {
            throw new InvalidValueException("%d deltas are more than %d".formatted(deltas.size(), MOST_DELTAS));
        }
    }

    /** As the UAPI group's specification of discoverable partitions has them. */
    public enum Architecture {
        X86_64,
        ARM64;

        /** The one that this program runs on. */
        public static Architecture here() {
            return System.getProperty("os.arch").equals("aarch64") ? ARM64 : X86_64;
        }

        @Override
        public String toString() {
            return word(this);
        }
    }

    /** What a part is. */
    public enum Sort {
        USR,
        USR_VERITY,
        USR_VERITY_SIG,
        /** The unified kernel image. It is what makes the rest start, and so comes last. */
        UKI;

        @Override
        public String toString() {
            return word(this);
        }
    }

    /**
     * A part as it is written onto a node's disk.
     *
     * @param partition the partition's UUID; the kernel image has none, and for {@code usr-verity-sig} it means nothing
     * @param file in which it is compressed by zstd
     */
    public record Part(Sort sort, long bytes, String sha256, Optional<String> partition, ReleaseFile file) {
        public Part {
            requireSize(bytes);
            requireSha256(sha256);
            partition.ifPresent(Part::requireUuid);
            if (partition.isEmpty() && (sort == Sort.USR || sort == Sort.USR_VERITY)) {
                throw new InvalidValueException("part '%s' has no partition".formatted(sort));
            }
        }

        private static void requireUuid(String text) {
            if (!text.equals(UUID.fromString(text).toString())) {
                throw new InvalidValueException("'%s' is not a UUID in lower case".formatted(text));
            }
        }

        /** Its name where systemd-sysupdate looks for it. */
        String stagedName(SystemVersion version) {
            return switch (sort) {
                case USR, USR_VERITY -> "harmony_%s.%s-%s.raw".formatted(version, sort, partition.orElseThrow());
                case USR_VERITY_SIG -> "harmony_%s.%s.raw".formatted(version, sort);
                case UKI -> "harmony_%s.efi".formatted(version);
            };
        }
    }

    /**
     * What makes a part of another one's.
     *
     * @param part of which sort: {@code usr} or {@code uki}
     * @param from of which version
     * @param fromBytes how large that is
     * @param file by {@code zstd --patch-from}
     */
    public record Delta(Sort part, SystemVersion from, long fromBytes, String fromSha256, ReleaseFile file) {
        public Delta {
            if (part != Sort.USR && part != Sort.UKI) {
                throw new InvalidValueException("there is no delta of part '%s'".formatted(part));
            }
            requireSize(fromBytes);
            requireSha256(fromSha256);
        }
    }

    /** A file of the release, beside the manifest. */
    public record ReleaseFile(String name, long bytes, String sha256) {
        /** Nothing that leads elsewhere. */
        private static final Pattern NAME = Pattern.compile("harmony_[A-Za-z0-9._-]{1,100}");

        public ReleaseFile {
            if (!NAME.matcher(name).matches()) {
                throw new InvalidValueException("'%s' is not the name of a release's file"
                        .formatted(name.length() > 120 ? name.substring(0, 120) + "…" : name));
            }
            requireSize(bytes);
            requireSha256(sha256);
        }
    }

    private static final long LARGEST = 16L << 30;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private static void requireSize(long bytes) {
        if (bytes < 1 || bytes > LARGEST) {
            throw new InvalidValueException("%d bytes are outside 1..%d".formatted(bytes, LARGEST));
        }
    }

    private static void requireSha256(String text) {
        if (!SHA256.matcher(text).matches()) {
            throw new InvalidValueException("a SHA-256 has 64 digits of 0-9 and a-f");
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name of the manifest. */
    static String fileName(SystemVersion version, Architecture architecture) {
        return "harmony_%s_%s.release.json".formatted(version, architecture);
    }

    /** The one of that sort. */
    Part part(Sort sort) {
        return parts.stream().filter(part -> part.sort() == sort).findFirst().orElseThrow();
    }

    /** All files that a node may fetch. */
    Stream<ReleaseFile> files() {
        return Stream.concat(parts.stream().map(Part::file), deltas.stream().map(Delta::file));
    }

    /** What makes that part of that version's, if there is such. */
    Optional<Delta> delta(Sort part, SystemVersion from) {
        return deltas.stream()
                .filter(delta -> delta.part() == part && delta.from().equals(from))
                .findFirst();
    }

    /**
     * Reads one, whoever wrote it. A later writer may add to it what is not known here.
     *
     * @param where it was read, for people
     * @throws UpgradeException when it is none, or of another form
     */
    static OsRelease parse(byte[] manifest, String where) throws UpgradeException {
        try {
            if (manifest.length > LONGEST) {
                throw new InvalidValueException("it has more than %d bytes".formatted(LONGEST));
            }
            if (!(JSON.std.anyFrom(manifest) instanceof Map<?, ?> object)) {
                throw new InvalidValueException("it is not an object");
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            object.forEach((name, value) -> fields.put((String) name, value));
            Optional<Object> format = Optional.ofNullable(fields.remove(FORMAT_FIELD));
            if (!format.equals(Optional.of(FORMAT))) {
                throw new UpgradeException(new Cause(
                        "the release is of format %s; this node knows format %d"
                                .formatted(format.map(OsRelease::cut).orElse("none"), FORMAT),
                        where,
                        "first upgrade to a release in between, whose system knows both"));
            }
            return RecordForm.of(OsRelease.class)
                    .read(fields, Strictness.IGNORE_UNKNOWN)
                    .value();
        } catch (JacksonException e) {
            throw broken("not JSON: " + e.getOriginalMessage(), where);
        } catch (FormException | InvalidValueException e) {
            throw broken(String.valueOf(e.getMessage()), where);
        }
    }

    private static String cut(Object value) {
        String text = value.toString();
        return text.length() > 50 ? text.substring(0, 50) + "…" : text;
    }

    private static UpgradeException broken(String why, String where) {
        return new UpgradeException(new Cause(
                "what the release says of itself cannot be read: " + why,
                where,
                "make the release again: `make release`"));
    }
}
