package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.os.update.OsRelease.Sort;
import io.nationtech.harmony.programs.Ended;
import io.nationtech.harmony.programs.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.jr.ob.JSON;

/** A machine whose disk is a file, with partitions as the image has them, written by systemd-sysupdate with the image's own transfer files. */
final class TrialMachine implements Machine {
    private static final Path TRANSFERS =
            Path.of("../../image/mkosi.images/base/mkosi.extra/usr/lib/harmony/sysupdate.d");

    final Path disk;
    final Path boot;
    final AtomicInteger restarts = new AtomicInteger();
    final AtomicInteger resets = new AtomicInteger();
    volatile long bootFree = 1 << 30;
    volatile long memory = 1 << 30;
    volatile Trial trial = Trial.OVER;
    volatile int boots = 1;
    volatile SystemVersion running = TrialRelease.OLD;
    private final Path folder;
    private final Path staging;

    TrialMachine(Path folder, Path staging) throws IOException {
        this.folder = folder;
        this.staging = staging;
        this.disk = folder.resolve("disk.raw");
        this.boot = Files.createDirectories(folder.resolve("boot/EFI/Linux"));
        Programs.run("truncate", "-s", "16M", disk.toString());
        Path table = Files.writeString(folder.resolve("table"), """
                label: gpt
                size=1M, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, name=ESP
                %s%s""".formatted(slot(true), slot(false)));
        Programs.run("sh", "-c", "sfdisk -q %s <%s".formatted(disk, table));
        Files.write(
                boot.resolve("harmony_%s.efi".formatted(TrialRelease.OLD)),
                TrialRelease.content(TrialRelease.OLD, Sort.UKI));
        Files.write(usr(), TrialRelease.content(TrialRelease.OLD, Sort.USR));
    }

    private static String slot(boolean isFull) {
        return line("1M", Sort.USR_VERITY_SIG, isFull ? "harmony_%s_s" : "_empty")
                + line("1M", Sort.USR_VERITY, isFull ? "harmony_%s_v" : "_empty")
                + line("2M", Sort.USR, isFull ? "harmony_%s" : "_empty");
    }

    private static String line(String size, Sort sort, String label) {
        return "size=%s, type=%s, name=%s\n"
                .formatted(size, Preflight.type(TrialRelease.HERE, sort), label.formatted(TrialRelease.OLD));
    }

    /** All that an update could change. */
    Map<String, String> state() throws IOException {
        Map<String, String> state = new HashMap<>();
        state.put("disk", Digest.of(disk));
        try (Stream<Path> files = Files.list(boot)) {
            for (Path file : files.toList()) {
                state.put(file.getFileName().toString(), Digest.of(file));
            }
        }
        return state;
    }

    private List<Map<?, ?>> table() throws IOException {
        List<Map<?, ?>> all = new ArrayList<>();
        Map<?, ?> read = (Map<?, ?>) JSON.std.anyFrom(Programs.run("sfdisk", "--json", disk.toString()));
        for (Object one : (List<?>) ((Map<?, ?>) read.get("partitiontable")).get("partitions")) {
            all.add((Map<?, ?>) one);
        }
        return all;
    }

    /** What lies in the partition of that label, and its UUID. */
    Optional<String> uuid(String label) throws IOException {
        return table().stream()
                .filter(one -> label.equals(one.get("name")))
                .map(one -> String.valueOf(one.get("uuid")).toLowerCase(Locale.ROOT))
                .findFirst();
    }

    byte[] content(String label, int bytes) throws IOException {
        long start = table().stream()
                .filter(one -> label.equals(one.get("name")))
                .map(one -> ((Number) one.get("start")).longValue() * 512)
                .findFirst()
                .orElseThrow();
        try (var channel = Files.newByteChannel(disk, StandardOpenOption.READ)) {
            var buffer = java.nio.ByteBuffer.allocate(bytes);
            channel.position(start);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
            return buffer.array();
        }
    }

    @Override
    public Room room() throws IOException {
        List<Partition> partitions = table().stream()
                .map(one -> new Partition(
                        String.valueOf(one.get("type")).toLowerCase(Locale.ROOT),
                        String.valueOf(one.get("name")),
                        ((Number) one.get("size")).longValue() * 512))
                .toList();
        Map<String, Long> images = new HashMap<>();
        try (Stream<Path> files = Files.list(boot)) {
            for (Path file : files.toList()) {
                images.put(file.getFileName().toString(), Files.size(file));
            }
        }
        return new Room(partitions, bootFree, images, memory);
    }

    @Override
    public List<String> beside(List<String> words) {
        return words;
    }

    @Override
    public Optional<Path> active(Sort part, SystemVersion version) throws IOException {
        return part == Sort.UKI ? SystemdMachine.kernelImage(boot, version) : Optional.of(usr());
    }

    Path usr() {
        return folder.resolve("usr");
    }

    @Override
    public Optional<Cause> write(Duration deadline) throws IOException, InterruptedException {
        Path definitions = Files.createDirectories(folder.resolve("sysupdate.d"));
        try (Stream<Path> files = Files.list(TRANSFERS)) {
            for (Path file : files.toList()) {
                String here = Files.readString(file, StandardCharsets.UTF_8)
                        .replace("Path=/var/lib/harmony/os-update", "Path=" + staging)
                        .replace("Path=auto", "Path=" + disk)
                        .replace("Path=/EFI/Linux\nPathRelativeTo=boot", "Path=" + boot)
                        .replace("%A", running.value());
                Files.writeString(definitions.resolve(file.getFileName().toString()), here);
            }
        }
        Ended ended = Program.of("/usr/lib/systemd/systemd-sysupdate", "--definitions=" + definitions, "update")
                .run(deadline);
        return ended.isGood()
                ? Optional.empty()
                : Optional.of(new Cause("it could not be written: it " + ended.complaint(), "here", "look"));
    }

    @Override
    public Trial trial() {
        return trial;
    }

    @Override
    public String boot() {
        return "boot-" + boots;
    }

    @Override
    public void reset() {
        resets.incrementAndGet();
    }

    @Override
    public void restart() {
        restarts.incrementAndGet();
    }
}
