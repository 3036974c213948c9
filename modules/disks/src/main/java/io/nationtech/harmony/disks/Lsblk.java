package io.nationtech.harmony.disks;

import io.nationtech.harmony.disks.Disk.Content;
import io.nationtech.harmony.disks.Disk.Extent;
import io.nationtech.harmony.disks.Disk.Trait;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.programs.Ended;
import io.nationtech.harmony.programs.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * Asks lsblk(8) of util-linux 2.37 or later, and of disks that it calls empty wipefs(8), which looks itself: lsblk repeats what udev saw, and
 * without udev sees nothing.
 */
public final class Lsblk {
    private static final String COLUMNS =
            "NAME,PATH,TYPE,SIZE,RO,RM,TRAN,MODEL,SERIAL,PTTYPE,FSTYPE,PARTTYPE,PARTLABEL,PARTUUID,PARTFLAGS,MOUNTPOINTS";
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int DEEPEST = 20;

    private Lsblk() {}

    /**
     * All disks that have any room, loop devices included. One that cannot be looked at counts as one with something on it.
     *
     * @throws DisksUnavailableException when lsblk cannot tell within 20 s
     */
    public static List<Disk> disks() throws InterruptedException {
        List<Disk> disks = new ArrayList<>();
        for (Disk disk : known()) {
            disks.add(disk.content().isEmpty() ? disk.with(signature(disk)) : disk);
        }
        return disks;
    }

    /**
     * The same, of which none is looked at: one that udev does not know seems empty.
     *
     * @throws DisksUnavailableException when lsblk cannot tell within 20 s
     */
    public static List<Disk> known() throws InterruptedException {
        return parse(output("lsblk", "--json", "--bytes", "--output", COLUMNS));
    }

    private static Optional<String> signature(Disk disk) throws InterruptedException {
        try {
            return output("wipefs", "--no-act", "--noheadings", "--output", "TYPE", disk.path())
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst();
        } catch (DisksUnavailableException e) {
            return Optional.of("something unknown, as it cannot be looked at");
        }
    }

    private static String output(String... command) throws InterruptedException {
        Ended ended = Program.of(command).run(LONGEST);
        if (!ended.isGood()) {
            throw unavailable(command[0] + " " + ended.complaint());
        }
        return ended.output().text();
    }

    /**
     * Reads what it wrote.
     *
     * @throws DisksUnavailableException when that is not as lsblk writes
     */
    public static List<Disk> parse(String json) {
        try {
            return objects(JSON.std.mapFrom(json), "blockdevices")
                    .filter(device -> text(device, "type")
                            .filter(Set.of("disk", "loop")::contains)
                            .isPresent())
                    .filter(device -> number(device, "size") > 0)
                    .map(Lsblk::disk)
                    .toList();
        } catch (JacksonException e) {
            throw unavailable("lsblk wrote something that is not JSON: " + e.getOriginalMessage());
        }
    }

    private static Disk disk(Map<?, ?> device) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (is(device, "ro")) {
            traits.add(Trait.READ_ONLY);
        }
        if (is(device, "rm") || text(device, "tran").filter("usb"::equals).isPresent()) {
            traits.add(Trait.REMOVABLE);
        }
        List<String> mounts = new ArrayList<>();
        addMounts(device, mounts, DEEPEST);
        return new Disk(
                text(device, "path").orElseThrow(() -> unavailable("lsblk names no path")),
                text(device, "model"),
                text(device, "serial"),
                new Extent(number(device, "size"), traits),
                new Content(
                        text(device, "pttype"),
                        text(device, "fstype"),
                        objects(device, "children")
                                .filter(child -> text(child, "type")
                                        .filter("part"::equals)
                                        .isPresent())
                                .map(Lsblk::partition)
                                .toList(),
                        mounts));
    }

    private static Partition partition(Map<?, ?> device) {
        return new Partition(
                text(device, "path").orElseThrow(() -> unavailable("lsblk names no path")),
                number(device, "size"),
                new Partition.Entry(
                        text(device, "parttype").map(type -> type.toLowerCase(Locale.ROOT)),
                        text(device, "partlabel"),
                        text(device, "partuuid"),
                        text(device, "partflags").map(Lsblk::flags).orElse(0L)),
                text(device, "fstype"));
    }

    private static long flags(String text) {
        try {
            return Long.parseUnsignedLong(text.replaceFirst("^0x", ""), 16);
        } catch (NumberFormatException e) {
            throw unavailable("lsblk tells of flags '%s'".formatted(text));
        }
    }

    private static void addMounts(Map<?, ?> device, List<String> mounts, int deepest) {
        if (device.get("mountpoints") instanceof List<?> points) {
            points.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .forEach(mounts::add);
        }
        if (deepest > 0) {
            objects(device, "children").forEach(child -> addMounts(child, mounts, deepest - 1));
        }
    }

    private static Stream<Map<?, ?>> objects(Map<?, ?> device, String column) {
        return device.get(column) instanceof List<?> list
                ? list.stream().filter(Map.class::isInstance).map(one -> (Map<?, ?>) one)
                : Stream.empty();
    }

    private static Optional<String> text(Map<?, ?> device, String column) {
        return device.get(column) instanceof String text && !text.isBlank()
                ? Optional.of(text.strip().replaceAll("\\p{Cntrl}", "?"))
                : Optional.empty();
    }

    private static long number(Map<?, ?> device, String column) {
        return device.get(column) instanceof Number number ? number.longValue() : 0;
    }

    private static boolean is(Map<?, ?> device, String column) {
        return Boolean.TRUE.equals(device.get(column));
    }

    private static DisksUnavailableException unavailable(String what) {
        return new DisksUnavailableException(new Cause(
                what, "this machine's disks", "`lsblk` of util-linux 2.37 or later is needed; look at what it says"));
    }
}
