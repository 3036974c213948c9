package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.programs.Ended;
import io.nationtech.harmony.programs.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** A machine that was installed from an image, by its systemd. */
public final class SystemdMachine implements Machine {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final String WRITER = "harmony-os-update.service";
    private static final Path KERNEL_IMAGES = Path.of("/boot/EFI/Linux");
    private static final Path ACTIVE_USR = Path.of("/dev/mapper/usr");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("^MemAvailable: +([0-9]{1,15}) kB$", Pattern.MULTILINE);

    /** The one that this program runs on. */
    public SystemdMachine() {}

    @Override
    public Room room() throws IOException, InterruptedException {
        return new Room(
                partitions(run("lsblk", "--json", "--bytes", "--output", "PARTTYPE,PARTLABEL,SIZE,MOUNTPOINTS")),
                Files.getFileStore(KERNEL_IMAGES).getUsableSpace(),
                kernelImages(),
                memory());
    }

    private static Map<String, Long> kernelImages() throws IOException {
        Map<String, Long> images = new HashMap<>();
        try (Stream<Path> files = Files.list(KERNEL_IMAGES)) {
            for (Path file : files.toList()) {
                images.put(file.getFileName().toString(), Files.size(file));
            }
        }
        return images;
    }

    private static long memory() throws IOException {
        Matcher available = AVAILABLE.matcher(Files.readString(MEMORY));
        return available.find() ? Long.parseLong(available.group(1)) << 10 : 0;
    }

    /** Those of the disk on which something is mounted at {@code /usr}. */
    static List<Partition> partitions(String lsblk) throws IOException {
        try {
            if (JSON.std.anyFrom(lsblk) instanceof Map<?, ?> all && all.get("blockdevices") instanceof List<?> disks) {
                for (Object disk : disks) {
                    if (holdsUsr(disk)) {
                        return below(disk);
                    }
                }
            }
        } catch (JacksonException e) {
            throw new IOException("lsblk does not say what disks there are: " + e.getOriginalMessage(), e);
        }
        throw new IOException("lsblk shows no disk with /usr on it; this system was not installed from an image");
    }

    private static List<?> children(Object device) {
        return device instanceof Map<?, ?> fields && fields.get("children") instanceof List<?> some ? some : List.of();
    }

    private static boolean holdsUsr(Object device) {
        return device instanceof Map<?, ?> fields
                && ((fields.get("mountpoints") instanceof List<?> places && places.contains("/usr"))
                        || children(device).stream().anyMatch(SystemdMachine::holdsUsr));
    }

    private static List<Partition> below(Object disk) {
        List<Partition> partitions = new ArrayList<>();
        for (Object one : children(disk)) {
            if (one instanceof Map<?, ?> fields
                    && fields.get("parttype") instanceof String type
                    && fields.get("size") instanceof Number size) {
                String label = fields.get("partlabel") instanceof String text ? text : "";
                partitions.add(new Partition(type.toLowerCase(Locale.ROOT), label, size.longValue()));
            }
        }
        return partitions;
    }

    /** A unit of its own: that of the agent is limited to what the agent needs. */
    @Override
    public List<String> beside(List<String> words) {
        return Stream.concat(Stream.of("systemd-run", "--scope", "--quiet", "--collect"), words.stream())
                .toList();
    }

    @Override
    public Path activeUsr() {
        return ACTIVE_USR;
    }

    @Override
    public Optional<Cause> write(Duration deadline) throws IOException, InterruptedException {
        Ended ended = Program.of("systemctl", "start", WRITER).mixed().run(deadline);
        if (ended.isGood()) {
            return Optional.empty();
        }
        String said = Program.of("journalctl", "--unit", WRITER, "--lines", "15", "--output", "cat")
                .mixed()
                .run(SHORT)
                .output()
                .text();
        return Optional.of(new Cause(
                "the release could not be written: systemctl %s%n%s".formatted(ended.how(), said.strip()),
                "unit " + WRITER,
                "`journalctl -u %s` there says more; what runs was not touched".formatted(WRITER)));
    }

    @Override
    public Trial trial() throws IOException, InterruptedException {
        Program question = Program.of("/usr/lib/systemd/systemd-bless-boot", "status");
        String status =
                switch (question.run(SHORT)) {
                    case Ended.Exited exited -> exited.output().text().strip();
                    case Ended.Killed killed -> throw failed(question, killed);
                    case Ended.NotStarted notStarted -> throw failed(question, notStarted);
                };
        return status.equals("indeterminate") ? Trial.UNDER_WAY : Trial.OVER;
    }

    @Override
    public String boot() throws IOException {
        return Files.readString(BOOT_ID).strip();
    }

    @Override
    public void restart() throws IOException, InterruptedException {
        run("systemctl", "reboot");
    }

    /** What one that has to end well wrote. */
    private static String run(String... words) throws IOException, InterruptedException {
        Program program = Program.of(words);
        Ended ended = program.run(SHORT);
        if (!ended.isGood()) {
            throw failed(program, ended);
        }
        return ended.output().text();
    }

    private static IOException failed(Program program, Ended ended) {
        return new IOException("`%s` %s".formatted(String.join(" ", program.words()), ended.complaint()));
    }
}
