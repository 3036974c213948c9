package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.seed.SeedFile;
import io.nationtech.harmony.seed.StickImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description =
                "Say what a stick, an image of one or a seed tells a node, without its secrets; or what is wrong with it.",
        footer = {"", "Examples:", "  harmony usb check seed.conf", "  harmony usb check /dev/sdb"})
final class UsbCheckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "<seed, image or device>", description = "what to look at")
    private Path file = Path.of("");

    UsbCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (FileChannel in = FileChannel.open(file)) {
            byte[] bytes = switch (StickImage.find(in)) {
                case StickImage.Found.File(long offset) -> read(in, offset, SeedFile.SIZE);
                case StickImage.Found.NoDisk() -> read(in, 0, SeedFile.LARGEST);
                case StickImage.Found.Nowhere(String why) ->
                    throw new CommandFailedException(
                            ExitCode.FAILED,
                            new Cause(
                                    "the seed cannot be read from outside: " + why,
                                    file.toString(),
                                    "mount its partition HARMONY, and check the file there: `harmony usb check …/seed.conf`"));
            };
            SeedOptions.parse(bytes, file.toString()).summary().forEach(terminal::result);
            return ExitCode.DONE.code();
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    new Cause(
                            "it cannot be read: " + e,
                            file.toString(),
                            "name a seed, an image or a stick that you may read"),
                    e);
        }
    }

    private static byte[] read(FileChannel in, long offset, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(most);
        while (buffer.hasRemaining() && in.read(buffer, offset + buffer.position()) > 0) {
            // One read may bring less.
        }
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
