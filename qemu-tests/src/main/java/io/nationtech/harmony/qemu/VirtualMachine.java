package io.nationtech.harmony.qemu;

import io.nationtech.harmony.domain.value.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A node as a virtual machine: the built image under UEFI, with a disk of its own on top of it. Uses KVM where that works, else
 * emulates, which takes about ten times as long. The guest reaches this machine's loopback at 10.0.2.2.
 *
 * <p>Call {@link #boot} from a thread that lives as long as the machine should: the kernel ends the machine when that thread ends,
 * so that none outlives a killed test.
 */
public final class VirtualMachine implements AutoCloseable {
    private static final Path FIRMWARE = Path.of("/usr/share/OVMF");
    private static final Duration TO_START = Duration.ofSeconds(20);
    private static final Duration TO_END = Duration.ofSeconds(10);
    /** The system property that names a folder for what machines write to their serial ports. */
    private static final String LOGS = "harmony.machines";

    private static final String SERIAL = "serial.sock";
    private static final int MEBI = 1 << 20;
    /** The serial number of its own disk. */
    public static final String DISK_SERIAL = "HARMONY-DISK";

    private static final Pattern BOOTED = Pattern.compile("Kernel command line: .*?usrhash=([0-9a-f]{64})");
    private static final String PLUGGED = "plugged";

    /**
     * What the machine is made of.
     *
     * @param content what is on the disk at first
     * @param diskGibibytes the size of the disk, at least that of its content
     * @param credentials what the firmware hands to the guest
     * @param forwards ports of the guest that this machine reaches
     * @param extras hardware that not every machine has
     * @param media more disks that somebody put in, which the firmware starts from when the machine's own has nothing to start
     */
    public record Parts(
            Content content,
            Memory memory,
            int diskGibibytes,
            List<Credential> credentials,
            List<PortForward> forwards,
            Set<Extra> extras,
            List<Medium> media) {
        public Parts {
            credentials = List.copyOf(credentials);
            forwards = List.copyOf(forwards);
            extras = Set.copyOf(extras);
            media = List.copyOf(media);
        }

        private Parts withoutTpm() {
            Set<Extra> others =
                    extras.stream().filter(extra -> extra != Extra.TPM).collect(Collectors.toUnmodifiableSet());
            return new Parts(content, memory, diskGibibytes, credentials, forwards, others, media);
        }
    }

    /** What is on a disk at first. */
    public sealed interface Content {
        /** @param image the disk that it is a copy of; never written */
        record CopyOf(Path image) implements Content {}

        /** Nothing. */
        record Nothing() implements Content {}

        /**
         * The disk itself is written, and each write is logged, too.
         *
         * @param log what QEMU's blklogwrites makes of it: {@link WriteLog} reads that
         */
        record Logged(Path image, Path log) implements Content {}
    }

    /** A disk that somebody put in. */
    public sealed interface Medium {
        Path file();

        /** It is never written. */
        record ReadOnly(Path file) implements Medium {}

        /** A stick at the USB. */
        record Stick(Path file) implements Medium {}
    }

    /**
     * @param serial what is typed at its serial port; QEMU forgets what the guest has not read once that is closed
     * @param tpm the emulator of its TPM, which ends with the machine
     */
    private record Running(Process process, GuestShell shell, SocketChannel serial, Optional<SoftwareTpm> tpm) {}

    private final Path folder;
    private Parts parts;
    private final Accelerator accelerator;
    private Running running;
    private int runs;

    private VirtualMachine(Path folder, Parts parts) throws IOException {
        this.folder = folder;
        this.parts = parts;
        this.accelerator = Accelerator.best();
        this.running = launch();
    }

    /**
     * Makes a machine with a fresh disk and starts it; does not wait for the guest.
     *
     * @param folder an empty folder that holds disk, firmware variables and logs
     */
    public static VirtualMachine boot(Path folder, Parts parts) {
        try {
            List<String> create = new ArrayList<>(List.of("qemu-img", "create", "-q", "-f", "qcow2"));
            if (parts.content() instanceof Content.CopyOf(Path image)) {
                create.addAll(List.of("-F", "raw", "-b", image.toAbsolutePath().toString()));
            }
            create.addAll(List.of(folder.resolve("disk.qcow2").toString(), parts.diskGibibytes() + "G"));
            run(create);
            if (parts.extras().contains(Extra.NVME_DRIVE)) {
                run(List.of(
                        "qemu-img",
                        "create",
                        "-q",
                        "-f",
                        "qcow2",
                        Extra.nvme(folder).toString(),
                        "2G"));
            }
            Files.copy(
                    FIRMWARE.resolve("OVMF_VARS_4M.fd"),
                    folder.resolve("variables.fd"),
                    StandardCopyOption.REPLACE_EXISTING);
            return new VirtualMachine(folder, parts);
        } catch (IOException e) {
            throw new MachineException("cannot make a virtual machine in " + folder, e);
        }
    }

    /** Ends it at once, as a power cut would: what the guest had not yet written is lost. */
    public void cutPower() {
        running.process().destroyForcibly();
        try {
            running.shell().close();
            running.serial().close();
            running.tpm().ifPresent(SoftwareTpm::close);
            if (!running.process().waitFor(TO_END.toSeconds(), TimeUnit.SECONDS)) {
                throw new MachineException(
                        "QEMU does not end, process " + running.process().pid());
            }
            keepLog();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it wrote to its serial port until now, for whoever looks why a test failed. */
    private void keepLog() throws IOException {
        Optional<Path> logs = Optional.ofNullable(System.getProperty(LOGS)).map(Path::of);
        if (logs.isPresent() && Files.exists(folder.resolve("serial.log"))) {
            runs++;
            Files.copy(
                    folder.resolve("serial.log"),
                    Files.createDirectories(logs.get()).resolve("%s-%d.log".formatted(folder.getFileName(), runs)),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Switches it on again with the same disk, after {@link #cutPower}. */
    public void switchOn() {
        try {
            running = launch();
        } catch (IOException e) {
            throw new MachineException("cannot start QEMU again", e);
        }
    }

    /** Makes its TPM one that never sealed anything, after {@link #cutPower}: firmware was asked to clear it, or the board was replaced. */
    public void resetTpm() {
        try {
            SoftwareTpm.forget(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes its TPM away, after {@link #cutPower}. */
    public void removeTpm() {
        parts = parts.withoutTpm();
    }

    /** Types at its serial port, once whoever reads there has said so: what comes before is lost. */
    public void type(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            running.serial().write(bytes);
        }
    }

    /**
     * Nothing, while it runs.
     *
     * @throws MachineException when QEMU ended by itself; says what it said
     */
    public void requireRunning() {
        if (!running.process().isAlive()) {
            throw new MachineException("QEMU ended: " + said());
        }
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("qemu.log")).strip();
        } catch (IOException e) {
            return "its output cannot be read: " + e;
        }
    }

    /** The shell in the guest, for this boot. */
    public GuestShell shell() {
        return running.shell();
    }

    /** The last lines that the guest wrote to its serial port since it was switched on. */
    public List<String> serialTail(int lines) {
        try {
            List<String> all = new String(Files.readAllBytes(folder.resolve("serial.log")), StandardCharsets.UTF_8)
                    .replaceAll("\\e(\\[[0-9;=?!]*[A-Za-z]|M)", "")
                    .lines()
                    .filter(line -> !line.isBlank() && !line.matches("\\[[ *]{6}\\].*"))
                    .toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            return List.of("no serial log: " + e.getMessage());
        }
    }

    /** The systems that the guest booted since it was switched on, in that order, each as the root hash of its /usr. */
    public List<String> booted() {
        try {
            String said = new String(Files.readAllBytes(folder.resolve("serial.log")), StandardCharsets.UTF_8);
            return BOOTED.matcher(said).results().map(result -> result.group(1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cutPower();
    }

    /** Plugs in the serial adapter on USB. */
    public void plugUsbSerial() throws IOException {
        monitor().plug(Extra.usbSerial(PLUGGED));
    }

    /** Pulls it out again. */
    public void unplugUsbSerial() throws IOException {
        monitor().unplug(PLUGGED);
    }

    private Monitor monitor() {
        return new Monitor(folder.resolve("monitor.sock"));
    }

    private Running launch() throws IOException {
        Optional<SoftwareTpm> tpm =
                parts.extras().contains(Extra.TPM) ? Optional.of(SoftwareTpm.start(folder)) : Optional.empty();
        Path socket = folder.resolve("shell.sock");
        Files.deleteIfExists(socket);
        Process process = new ProcessBuilder(command(socket))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("qemu.log").toFile())
                .start();
        long deadline = System.nanoTime() + TO_START.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (Files.exists(socket)) {
                try {
                    SocketChannel serial = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve(SERIAL)));
                    Thread.ofVirtual().name("serial").start(() -> discard(serial));
                    return new Running(process, GuestShell.connect(socket), serial, tpm);
                } catch (ConnectException e) {
                    // QEMU made it, and does not listen yet.
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        process.destroyForcibly();
        tpm.ifPresent(SoftwareTpm::close);
        throw new MachineException("QEMU did not start: " + said());
    }

    /** What a guest writes is in the log; unread here, it would hold the guest up. Ends with the machine. */
    private static void discard(SocketChannel serial) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 12);
        try {
            while (serial.read(buffer) >= 0) {
                buffer.clear();
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private List<String> command(Path socket) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(
                        "setpriv",
                        "--pdeathsig",
                        "KILL",
                        "qemu-system-x86_64",
                        "-nodefaults",
                        "-display",
                        "none",
                        "-machine",
                        "q35",
                        "-smp",
                        "2",
                        "-m",
                        parts.memory().bytes() / MEBI + "M",
                        "-drive",
                        "if=pflash,format=raw,unit=0,readonly=on,file=" + FIRMWARE.resolve("OVMF_CODE_4M.fd"),
                        "-drive",
                        "if=pflash,format=raw,unit=1,file=" + folder.resolve("variables.fd"),
                        "-device",
                        "virtio-blk-pci,drive=disk,serial=" + DISK_SERIAL + ",bootindex=0",
                        "-netdev",
                        "user,id=lan" + forwards(),
                        "-device",
                        "virtio-net-pci,netdev=lan",
                        "-device",
                        "virtio-rng-pci",
                        "-chardev",
                        "socket,id=serial,server=on,wait=off,path=%s,logfile=%s,logappend=off"
                                .formatted(folder.resolve(SERIAL), folder.resolve("serial.log")),
                        "-serial",
                        "chardev:serial",
                        "-chardev",
                        "socket,id=shell,server=on,wait=on,path=" + socket,
                        "-device",
                        "virtio-serial",
                        "-device",
                        "virtserialport,chardev=shell,name=" + GuestShell.PORT,
                        "-smbios",
                        "type=11,value=io.systemd.stub.kernel-cmdline-extra=loglevel=6 audit=0 systemd.show_status=yes console=ttyS0"));
        command.addAll(List.of("-qmp", "unix:%s,server=on,wait=off".formatted(folder.resolve("monitor.sock"))));
        parts.extras().stream().sorted().forEach(extra -> command.addAll(extra.options(folder)));
        switch (parts.content()) {
            case Content.CopyOf _, Content.Nothing _ ->
                command.addAll(List.of("-drive", "if=none,id=disk,format=qcow2,file=" + folder.resolve("disk.qcow2")));
            case Content.Logged(Path image, Path log) ->
                command.addAll(List.of(
                        "-blockdev",
                        "driver=file,node-name=log,filename=" + log,
                        "-blockdev",
                        "driver=file,node-name=image,filename=" + image,
                        "-blockdev",
                        "driver=blklogwrites,node-name=disk,file=image,log=log,log-sector-size=512"));
        }
        for (int i = 0; i < parts.media().size(); i++) {
            Medium medium = parts.media().get(i);
            String drive = "if=none,id=medium%1$d,format=raw,file=%2$s".formatted(i, medium.file());
            command.addAll(
                    switch (medium) {
                        case Medium.ReadOnly _ ->
                            List.of("-drive", drive + ",readonly=on", "-device", "virtio-blk-pci,drive=medium" + i);
                        case Medium.Stick _ ->
                            List.of(
                                    "-drive",
                                    drive,
                                    "-device",
                                    "qemu-xhci,id=port%d".formatted(i),
                                    "-device",
                                    "usb-storage,bus=port%1$d.0,drive=medium%1$d,removable=on,serial=STICK%1$d,bootindex=%2$d"
                                            .formatted(i, i + 1));
                    });
        }
        command.addAll(accelerator.options());
        for (Credential credential : parts.credentials()) {
            command.addAll(List.of("-smbios", credential.smbios(folder)));
        }
        for (Credential credential : GuestShell.credentials()) {
            command.addAll(List.of("-smbios", credential.smbios(folder)));
        }
        return command;
    }

    private String forwards() {
        return String.join(
                "", parts.forwards().stream().map(PortForward::netdev).toList());
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("%s failed: %s".formatted(command, said.strip()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
