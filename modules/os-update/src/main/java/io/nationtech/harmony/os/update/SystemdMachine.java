package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.os.update.OsRelease.Sort;
import io.nationtech.harmony.programs.Ended;
import io.nationtech.harmony.programs.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A machine that was installed from an image, by its systemd. */
public final class SystemdMachine implements Machine {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final String RESETTER = "harmony-factory-reset.service";
    private static final String WRITER = "harmony-os-update.service";
    private static final Path KERNEL_IMAGES = Path.of("/boot/EFI/Linux");
    private static final Path ACTIVE_USR = Path.of("/dev/mapper/usr");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("^MemAvailable: +([0-9]{1,15}) kB$", Pattern.MULTILINE);

    private final SystemDisk disk;

    /** The one that this program runs on. */
    public SystemdMachine(SystemDisk disk) {
        this.disk = disk;
    }

    @Override
    public Room room() throws IOException, InterruptedException {
        return new Room(
                disk.partitions(), Files.getFileStore(KERNEL_IMAGES).getUsableSpace(), kernelImages(), memory());
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

    /** A unit of its own: that of the agent is limited to what the agent needs. */
    @Override
    public List<String> beside(List<String> words) {
        return Stream.concat(Stream.of("systemd-run", "--scope", "--quiet", "--collect"), words.stream())
                .toList();
    }

    @Override
    public Optional<Path> active(Sort part, SystemVersion running) throws IOException {
        return switch (part) {
            case USR -> Optional.of(ACTIVE_USR);
            case UKI -> kernelImage(KERNEL_IMAGES, running);
            case USR_VERITY, USR_VERITY_SIG -> Optional.empty();
        };
    }

    /** Its name says the tries that it has left, too, while it is on trial. */
    static Optional<Path> kernelImage(Path folder, SystemVersion version) throws IOException {
        Pattern name = Pattern.compile("harmony_%s(\\+[0-9-]+)?\\.efi".formatted(version));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> name.matcher(file.getFileName().toString()).matches())
                    .findFirst();
        }
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
        String status = switch (question.run(SHORT)) {
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
    public void reset() throws IOException, InterruptedException {
        systemctl("start", "--no-block", RESETTER);
    }

    @Override
    public void restart() throws IOException, InterruptedException {
        systemctl("reboot");
    }

    private static void systemctl(String... words) throws IOException, InterruptedException {
        Program program = Program.of(
                Stream.concat(Stream.of("systemctl"), Stream.of(words)).toList());
        Ended ended = program.run(SHORT);
        if (!ended.isGood()) {
            throw failed(program, ended);
        }
    }

    private static IOException failed(Program program, Ended ended) {
        return new IOException("`%s` %s".formatted(String.join(" ", program.words()), ended.complaint()));
    }
}
