package io.nationtech.harmony.installer;

import io.nationtech.harmony.disks.Disk;
import io.nationtech.harmony.disks.Lsblk;
import io.nationtech.harmony.seed.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Machines as lsblk tells of them, and seeds as people write them. */
final class Machines {
    /** The number that the installed disks of some machines have. */
    static final String ID = "6f1d3f44-1c3e-4dd2-9f0a-3d3a0a0a0a0a";

    private Machines() {}

    static List<Disk> disks(String machine) {
        try (InputStream in =
                Objects.requireNonNull(Machines.class.getResourceAsStream("/lsblk/" + machine + ".json"), machine)) {
            return Lsblk.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Disk disk(List<Disk> disks, String path) {
        return disks.stream()
                .filter(disk -> disk.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    static Seed seed(String text) {
        return switch (Seed.parse(text)) {
            case Seed.Parsed.Good(Seed seed) -> seed;
            case Seed.Parsed.Bad bad -> throw new IllegalArgumentException(bad.toString());
        };
    }
}
