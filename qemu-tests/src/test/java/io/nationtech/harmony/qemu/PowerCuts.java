package io.nationtech.harmony.qemu;

import static io.nationtech.harmony.qemu.WriteLog.Durability.CACHED;
import static io.nationtech.harmony.qemu.WriteLog.Durability.FLUSHES;

import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.qemu.WriteLog.Write;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Cuts a node's power, again and again. One machine lives through its first boot, takes a next system's parts onto its disk and then into its other slot,
 * and forgets everything at last; each of its writes is logged. A cut is a moment in that log: what was flushed before is on the disk, and of what
 * was written since, whatever chance leaves. Each such disk is looked at as firmware and boot loader will; some are booted in full.
 *
 * <p>A brick is a disk that no system can start from. A lost state is one whose file system is not whole after the journal's replay, or lacks what was
 * synced before the cut.
 */
final class PowerCuts {
    private static final Duration TO_BOOT = Duration.ofMinutes(8);
    private static final Duration TO_WRITE = Duration.ofMinutes(10);
    private static final Duration TO_LOOK = Duration.ofMinutes(2);
    private static final String NEXT = "209901010000";
    /** The boot loader counts in its name. */
    private static final Pattern NEXT_KERNEL = Pattern.compile("harmony_%s(\\+[0-9-]+)?\\.efi".formatted(NEXT));

    private static final String KEPT = "/var/lib/kept";
    private static final Pattern PARTITION = Pattern.compile(
            "\"start\": (\\d+),\\s*\"size\": (\\d+),[^}]*?\"uuid\": \"([^\"]+)\"(?:,\\s*\"name\": \"([^\"]*)\")?");

    private static final long SECTOR = 512;
    private static final int FULL_BOOTS = 5;
    /** One in so many file systems of states is checked, as each takes seconds. */
    private static final int STATES = 10;

    private final Path folder;
    private final Path disk;
    private final WriteLog log;
    private final Life life;
    private final Random random;
    private final Release old;
    private final Release next;
    private final Partition oldSlot;
    private int bricks;
    private int lost;
    private int inTrial;

    /**
     * What a node has to keep, by how many writes there were.
     *
     * @param kept when it was synced
     * @param forgotten when it was told to forget everything
     */
    private record Life(int kept, int forgotten) {
        boolean keeps(int moment) {
            return kept <= moment && moment < forgotten;
        }
    }

    private PowerCuts(Path folder, Path disk, WriteLog log, Life life, long seed) throws IOException {
        this.folder = folder;
        this.disk = disk;
        this.log = log;
        this.life = life;
        this.random = new Random(seed);
        this.old = Release.current();
        this.next = Release.next(NEXT);
        this.oldSlot = partitions().stream()
                .filter(one -> one.name().equals("harmony_" + old.version()))
                .findFirst()
                .orElseThrow();
        // Once for all moments: its content is what it was at first.
        if (log.writes().stream()
                .anyMatch(write -> write.touches(oldSlot.offset(), oldSlot.offset() + oldSlot.length()))) {
            throw new IllegalStateException("something was written into the slot that runs");
        }
    }

    /** @param args how many cuts, and the seed of chance */
    public static void main(String[] args) throws IOException {
        int cuts = Integer.parseInt(args[0]);
        long seed = Long.parseLong(args[1]);
        Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "harmony-power-cut");
        try {
            Path disk = folder.resolve("disk.raw");
            blank(disk);
            Path written = folder.resolve("writes.log");
            Files.createFile(written);
            Life life = live(folder, disk, written);
            WriteLog log = WriteLog.read(written);
            System.out.printf(
                    "%d writes, %d of them flushes; what must be kept is synced by write %d, and told to be forgotten at %d%n",
                    log.writes().size(),
                    log.writes().stream()
                            .filter(write -> write.durability() == FLUSHES)
                            .count(),
                    life.kept(),
                    life.forgotten());
            blank(disk);
            new PowerCuts(folder, disk, log, life, seed).cut(cuts, seed);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The image on a disk of 8 GiB, as somebody flashes it. */
    private static void blank(Path disk) throws IOException {
        Files.copy(Release.current().image(), disk, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel file = FileChannel.open(disk, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(1), (8L << 30) - 1);
        }
    }

    /** The life that is logged. */
    private static Life live(Path folder, Path disk, Path written) throws IOException {
        Path parts = Files.createDirectories(folder.resolve("parts/" + NEXT));
        Release.next(NEXT).putInto(parts);
        Path medium = folder.resolve("medium.raw");
        Program.output(
                TO_WRITE,
                List.of(
                        "mkfs.erofs",
                        "--quiet",
                        medium.toString(),
                        folder.resolve("parts").toString()));
        try (VirtualMachine machine = VirtualMachine.boot(
                Files.createDirectory(folder.resolve("machine")),
                new VirtualMachine.Parts(
                        new VirtualMachine.Content.Logged(disk, written),
                        Memory.gibibytes(1),
                        8,
                        List.of(),
                        List.of(),
                        Set.of(),
                        List.of(new VirtualMachine.Medium.ReadOnly(medium))))) {
            told(machine, "echo kept >%1$s && sync -f %1$s".formatted(KEPT));
            int kept = WriteLog.read(written).writes().size();
            told(machine, "mkdir -p /var/lib/harmony /run/medium && mount -o ro /dev/vdb /run/medium");
            told(machine, "cp -r /run/medium/%s /var/lib/harmony/os-update".formatted(NEXT));
            told(machine, "systemctl start harmony-os-update && sync");
            int forgotten = WriteLog.read(written).writes().size();
            // Into the new system, whose trial begins, too.
            told(machine, "systemctl start --no-block harmony-factory-reset");
            machine.shell().awaitBoot();
            told(machine, "test ! -e %s && echo made anew >/var/lib/anew && sync".formatted(KEPT));
            return new Life(kept, forgotten);
        }
    }

    private static String told(VirtualMachine machine, String command) {
        GuestReply reply = machine.shell().run(command, TO_BOOT);
        if (reply.exit() != 0) {
            throw new IllegalStateException("`%s` in the guest: %s".formatted(command, reply.output()));
        }
        return reply.output().strip();
    }

    private void cut(int cuts, long seed) throws IOException {
        int[] moments = random.ints(cuts, 1, log.writes().size()).sorted().toArray();
        Set<Integer> booted = Set.copyOf(random.ints(0, cuts)
                .distinct()
                .limit(Math.min(FULL_BOOTS, cuts))
                .boxed()
                .toList());
        long started = System.nanoTime();
        int stable = 0;
        try (FileChannel written = FileChannel.open(log.path(), StandardOpenOption.READ);
                FileChannel file = FileChannel.open(disk, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int i = 0; i < cuts; i++) {
                int flushed = flushedBefore(moments[i]);
                for (; stable < flushed; stable++) {
                    Write write = log.writes().get(stable);
                    write(file, log.data(written, write), write.offset());
                }
                List<Undo> undo = new ArrayList<>();
                for (Write write : log.writes().subList(stable, moments[i])) {
                    if (write.durability() != CACHED || random.nextBoolean()) {
                        ByteBuffer before = read(file, write);
                        ByteBuffer after = log.data(written, write);
                        // Of a disk that is zeros, much is written with zeros.
                        if (!before.equals(after)) {
                            undo.add(new Undo(write.offset(), before));
                            write(file, after, write.offset());
                        }
                    }
                }
                look(moments[i], booted.contains(i) ? Depth.BOOT : i % STATES == 0 ? Depth.STATE : Depth.SYSTEM);
                for (Undo one : undo.reversed()) {
                    write(file, one.content(), one.offset());
                }
                if ((i + 1) % 100 == 0) {
                    System.out.printf(
                            "%d cuts: %d bricks, %d lost states; a new system on trial after %d; %.1f s%n",
                            i + 1, bricks, lost, inTrial, (System.nanoTime() - started) / 1e9);
                }
            }
        }
        System.out.printf(
                "power-cut cuts=%d bricks=%d state_lost=%d states_checked=%d booted=%d in_trial=%d seed=%d%n",
                cuts, bricks, lost, (cuts + STATES - 1) / STATES, booted.size(), inTrial, seed);
        if (bricks + lost > 0) {
            System.exit(1);
        }
    }

    /** How many of the writes before a moment are on the disk for certain. */
    private int flushedBefore(int moment) {
        int flushed = moment;
        while (flushed > 0 && log.writes().get(flushed - 1).durability() != FLUSHES) {
            flushed--;
        }
        return flushed;
    }

    /** What of a disk is looked at. */
    private enum Depth {
        /** Boot partition and slots. */
        SYSTEM,
        /** What the node keeps, too. */
        STATE,
        /** All, and a machine is started from it. */
        BOOT
    }

    private record Undo(long offset, ByteBuffer content) {}

    private static ByteBuffer read(FileChannel file, Write write) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(write.length());
        while (content.hasRemaining() && file.read(content, write.offset() + content.position()) >= 0) {}
        return content.rewind();
    }

    private static void write(FileChannel file, ByteBuffer content, long offset) throws IOException {
        while (content.hasRemaining()) {
            file.write(content, offset + content.position());
        }
    }

    private record Partition(String name, String uuid, long offset, long length) {
        /** The first boot makes the slot larger, at its end. */
        boolean isAt(Partition other) {
            return name.equals(other.name)
                    && uuid.equals(other.uuid)
                    && offset == other.offset
                    && length <= other.length;
        }
    }

    /** What firmware, boot loader and initrd find. */
    private void look(int moment, Depth depth) throws IOException {
        Optional<String> wrong = starts();
        if (wrong.isPresent()) {
            bricks++;
            System.out.printf("BRICK at write %d: %s%n", moment, wrong.get());
        }
        Optional<String> state = depth == Depth.SYSTEM ? Optional.empty() : state(moment);
        if (state.isPresent()) {
            lost++;
            System.out.printf("STATE LOST at write %d: %s%n", moment, state.get());
        }
        if (depth == Depth.BOOT) {
            boot(moment);
        }
    }

    private List<Partition> partitions() {
        Matcher found = PARTITION.matcher(Program.output(TO_LOOK, List.of("sfdisk", "--json", disk.toString())));
        List<Partition> partitions = new ArrayList<>();
        while (found.find()) {
            partitions.add(new Partition(
                    Optional.ofNullable(found.group(4)).orElse(""),
                    found.group(3),
                    Long.parseLong(found.group(1)) * SECTOR,
                    Long.parseLong(found.group(2)) * SECTOR));
        }
        return partitions;
    }

    /** Why no system starts from it. */
    private Optional<String> starts() throws IOException {
        List<Partition> partitions = partitions();
        Optional<Partition> boot = partitions.stream()
                .filter(one -> one.name().equalsIgnoreCase("esp"))
                .findFirst();
        if (boot.isEmpty()) {
            return Optional.of("no boot partition: " + partitions);
        }
        String esp = "%s@@%d".formatted(disk, boot.get().offset());
        Path found = Files.createDirectories(folder.resolve("esp"));
        if (!copied(esp, "EFI/BOOT/BOOTX64.EFI", found.resolve("loader"))) {
            return Optional.of("there is no boot loader");
        }
        if (!copied(esp, "EFI/Linux/harmony_%s.efi".formatted(old.version()), found.resolve("old"))
                || !digest(found.resolve("old")).equals(digest(old.part(".efi")))) {
            return Optional.of("the old kernel image is not whole");
        }
        if (partitions.stream().noneMatch(oldSlot::isAt)) {
            return Optional.of("the old slot is not where it was: " + partitions);
        }
        Matcher kernel = NEXT_KERNEL.matcher(said(List.of("mdir", "-b", "-i", esp, "::/EFI/Linux")));
        if (kernel.find()) {
            inTrial++;
            if (!copied(esp, "EFI/Linux/" + kernel.group(), found.resolve("next"))
                    || !digest(found.resolve("next")).equals(digest(next.part(".efi")))
                    || !holds(partitions, next)) {
                // Three tries, and the old one is back: no brick, and yet nothing that should be there.
                return Optional.of("a new system is to be tried that is not whole: " + kernel.group());
            }
        }
        return Optional.empty();
    }

    private static boolean copied(String esp, String file, Path to) throws IOException {
        Process process = new ProcessBuilder("mcopy", "-n", "-o", "-i", esp, "::" + file, to.toString())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        return process.onExit().join().exitValue() == 0;
    }

    /** Whether there is the slot that a system looks for, with all that must be in it. */
    private boolean holds(List<Partition> partitions, Release release) throws IOException {
        for (String[] part : new String[][] {{"", ".usr-x86-64.raw"}, {"_v", ".usr-x86-64-verity.raw"}}) {
            String name = "harmony_%s%s".formatted(release.version(), part[0]);
            Optional<Partition> partition =
                    partitions.stream().filter(one -> one.name().equals(name)).findFirst();
            if (partition.isEmpty()
                    || !same(partition.get().offset(), release.part(part[1]))
                    || !partition.get().uuid().equalsIgnoreCase(release.uuid(part[0]))) {
                return false;
            }
        }
        return true;
    }

    private boolean same(long offset, Path part) throws IOException {
        try (FileChannel file = FileChannel.open(disk, StandardOpenOption.READ);
                FileChannel wanted = FileChannel.open(part, StandardOpenOption.READ)) {
            long step = 64L << 20;
            for (long done = 0; done < wanted.size(); done += step) {
                long length = Math.min(step, wanted.size() - done);
                if (file.map(FileChannel.MapMode.READ_ONLY, offset + done, length)
                                .mismatch(wanted.map(FileChannel.MapMode.READ_ONLY, done, length))
                        >= 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** What is wrong with what the node keeps. */
    private Optional<String> state(int moment) throws IOException {
        Optional<Partition> state = partitions().stream()
                .filter(one -> one.name().equals("harmony-state"))
                .findFirst();
        if (state.isEmpty()) {
            return life.keeps(moment) ? Optional.of("there is no state partition") : Optional.empty();
        }
        Path copy = folder.resolve("state.raw");
        Program.output(
                TO_LOOK,
                List.of(
                        "dd",
                        "if=" + disk,
                        "of=" + copy,
                        "bs=1M",
                        "iflag=skip_bytes,count_bytes",
                        "conv=sparse",
                        "skip=" + state.get().offset(),
                        "count=" + state.get().length(),
                        "status=none"));
        try {
            // The journal is replayed, as the kernel does; then nothing may be left to mend (e2fsck(8): 0, or 1 for
            // what was).
            String replay = said(List.of("e2fsck", "-E", "journal_only", "-y", copy.toString()));
            String check = said(List.of("e2fsck", "-f", "-n", copy.toString()));
            if (!check.startsWith("0 ")) {
                return Optional.of(replay + check);
            }
            String content = said(List.of("debugfs", "-R", "cat " + KEPT, copy.toString()));
            return !life.keeps(moment) || content.contains("kept\n")
                    ? Optional.empty()
                    : Optional.of("without " + KEPT);
        } finally {
            Files.delete(copy);
        }
    }

    private static String said(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.onExit().join().exitValue() + " " + said;
    }

    private void boot(int moment) throws IOException {
        Path machine = Files.createTempDirectory(folder, "boot");
        try (VirtualMachine booted = VirtualMachine.boot(
                machine,
                new VirtualMachine.Parts(
                        new VirtualMachine.Content.CopyOf(disk),
                        Memory.gibibytes(1),
                        8,
                        List.of(),
                        List.of(),
                        Set.of(),
                        List.of()))) {
            String runs =
                    told(booted, "sed -n 's/^IMAGE_VERSION=//p' /usr/lib/os-release; cat %s || true".formatted(KEPT));
            System.out.printf("booted the disk of write %d: %s%n", moment, runs.replace('\n', ' '));
            if (life.keeps(moment) && !runs.contains("kept")) {
                lost++;
            }
        } catch (MachineException e) {
            bricks++;
            System.out.printf("BRICK at write %d: it does not boot: %s%n", moment, e.getMessage());
        }
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
