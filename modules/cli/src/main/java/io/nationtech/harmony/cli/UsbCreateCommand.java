package io.nationtech.harmony.cli;

import io.nationtech.harmony.disks.Disk;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.seed.Seed;
import io.nationtech.harmony.seed.SeedFile;
import io.nationtech.harmony.seed.StickImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = "Write a stick that installs a node: the image, with what the node is told.",
        footer = {
            "",
            "Onto a disk that can be taken out and is no larger than 256 GB, or into a new file, which any",
            "program that writes images puts onto a stick. Any other disk is refused until --accept-loss has",
            "its word, which is said. What was written is read again and compared.",
            "Whoever has the stick has its login: let that last for a week, as the node asks for its own.",
            "",
            "Examples:",
            "  harmony usb create --image harmony-usb-amd64.raw --seed seed.conf --login node-1.creds \\",
            "      --ca mesh-ca.crt /dev/sdb",
            "  harmony usb create --image harmony-usb-amd64.raw --seed seed.conf node-1.raw",
            "  harmony usb create --image harmony-usb-amd64.raw --seed seed.conf --dry-run /dev/sdb"
        })
final class UsbCreateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--image",
            required = true,
            paramLabel = "<file>",
            description = "the stick's image, not compressed")
    private Path image = Path.of("");

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Option(
            names = "--accept-loss",
            paramLabel = "<word>",
            description = "the word of a disk that is no stick, and all of whose data may be lost")
    private Optional<String> acceptedLoss = Optional.empty();

    @Option(names = "--dry-run", description = "say what would be written, and write nothing")
    private boolean dryRun;

    @Parameters(paramLabel = "<device or file>", description = "where to: /dev/sdb, or a new file")
    private Path target = Path.of("");

    UsbCreateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Seed seed = seeds.read(terminal.clock().instant());
        byte[] file = SeedFile.of(seed);
        try (FileChannel in = FileChannel.open(image)) {
            StickCopy copy = new StickCopy(in, place(in), seed.equals(Seed.EMPTY) ? SeedFile.template() : file);
            StickTarget to = StickTarget.of(target, acceptedLoss);
            requireRoom(in.size(), to);
            terminal.say("Image: %s, %s".formatted(image, Disk.size(in.size())));
            terminal.say("Onto: " + to);
            seed.summary().forEach(terminal::say);
            if (dryRun) {
                terminal.say("Nothing was written (--dry-run).");
                return ExitCode.DONE.code();
            }
            write(copy, to, in.size());
        } catch (IOException e) {
            throw failed("it cannot be read: " + said(e), image.toString(), "name the image of a stick: --image", e);
        }
        return ExitCode.DONE.code();
    }

    private long place(FileChannel in) throws IOException {
        return switch (StickImage.find(in)) {
            case StickImage.Found.File(long offset) -> offset;
            case StickImage.Found.Nowhere(String why) ->
                throw failed(
                        "nothing can be told by this image: " + why,
                        image.toString(),
                        "take the image as it was released");
            case StickImage.Found.NoDisk() ->
                throw failed(
                        "this is no image of a stick",
                        image.toString(),
                        "take harmony-usb-….raw; one that ends in .zst is to be unpacked first: `zstd -d`");
        };
    }

    private static void requireRoom(long bytes, StickTarget to) {
        if (to instanceof StickTarget.WholeDisk(Path _, Disk disk)
                && disk.extent().bytes() < bytes) {
            throw failed(
                    "the image has %s, and the disk has room for %s"
                            .formatted(Disk.size(bytes), Disk.size(disk.extent().bytes())),
                    disk.toString(),
                    "take a larger stick");
        }
    }

    private void write(StickCopy copy, StickTarget to, long bytes) {
        try {
            copy.writeTo(to, new CopyProgress(terminal, "written", bytes));
            copy.differsFrom(to, new CopyProgress(terminal, "compared", bytes)).ifPresent(at -> {
                throw failed(
                        "from byte %d on, something else is there than was written".formatted(at),
                        to.path().toString(),
                        "the stick is worn out, or holds less than it says: take another");
            });
        } catch (AccessDeniedException e) {
            throw failed(
                    "you may not write there",
                    to.path().toString(),
                    "say it as root (`sudo`), or write a file and put it onto the stick with another program",
                    e);
        } catch (IOException e) {
            throw failed(
                    "it cannot be written: " + said(e),
                    to.path().toString(),
                    "look whether it was taken out, or is full; then say it again",
                    e);
        }
        terminal.say("The stick is written: " + to.path());
        terminal.say(
                "  → plug it into the machine, and start that from it; docs/install.md tells what its screen shows");
    }

    private static String said(IOException e) {
        return e instanceof EOFException && e.getMessage() != null ? e.getMessage() : e.toString();
    }

    private static CommandFailedException failed(String what, String where, String next) {
        return new CommandFailedException(ExitCode.FAILED, new Cause(what, where, next));
    }

    private static CommandFailedException failed(String what, String where, String next, IOException trigger) {
        return new CommandFailedException(ExitCode.FAILED, new Cause(what, where, next), trigger);
    }
}
