package io.nationtech.harmony.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A built system: what one slot of a node's disk holds.
 *
 * @param version twelve digits
 * @param files its parts, without the ends of their names
 */
record Release(String version, Path files) {
    /** What qemu-tests/run builds beside the image. */
    static final String NEXT = "209901010000";

    static final String AFTER_NEXT = "209901020000";

    private static final Duration TO_READ = Duration.ofSeconds(20);
    private static final Path TARGET = Program.project().resolve("image/target");

    /** What image/build made. */
    static Release current() throws IOException {
        return of(TARGET);
    }

    /** What image/build made as that version. */
    static Release next(String version) throws IOException {
        return of(TARGET.resolve(version));
    }

    private static Release of(Path folder) throws IOException {
        Path files = folder.resolve("harmony-amd64");
        return new Release(Files.readString(Path.of(files + ".version")).strip(), files);
    }

    /** The disk. */
    Path image() {
        return part(".raw");
    }

    /** The number of one of its partitions: {@code _v} for the hashes, nothing for /usr. */
    String uuid(String suffix) {
        String table = Program.output(TO_READ, List.of("sfdisk", "--json", image().toString()));
        Matcher found = Pattern.compile(
                        "\"uuid\": \"([^\"]+)\",\\s*\"name\": \"harmony_%s%s\"".formatted(version, suffix))
                .matcher(table);
        if (!found.find()) {
            throw new IllegalStateException("no partition harmony_%s%s in %s".formatted(version, suffix, table));
        }
        return found.group(1).toLowerCase(Locale.ROOT);
    }

    /** Puts its parts into a folder, named as systemd-sysupdate looks for them. */
    void putInto(Path folder) throws IOException {
        for (Map.Entry<String, String> part : Map.of(
                        ".usr-x86-64-verity-sig.raw", "harmony_%s.usr-verity-sig.raw".formatted(version),
                        ".usr-x86-64-verity.raw", "harmony_%s.usr-verity-%s.raw".formatted(version, uuid("_v")),
                        ".usr-x86-64.raw", "harmony_%s.usr-%s.raw".formatted(version, uuid("")),
                        ".efi", "harmony_%s.efi".formatted(version))
                .entrySet()) {
            Files.copy(part(part.getKey()), folder.resolve(part.getValue()));
        }
    }

    /** One of its files, by the end of its name. */
    Path part(String end) {
        return Path.of(files + end);
    }
}
