package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.os.update.OsRelease.ReleaseFile;
import io.nationtech.harmony.os.update.ReleaseFiles.Content;
import io.nationtech.harmony.os.update.ReleaseFiles.NoPartException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Fetches files of a release, asking again where it breaks off, and going on from where it was, also after a power cut.
 *
 * @param folder where they come to lie
 * @param neighbourhood asked first
 * @param offers where what came is given to neighbours
 */
record Download(
        ReleaseFiles files, Path folder, Limits limits, Deadline deadline, Neighbourhood neighbourhood, Offers offers) {
    /** How the name ends of what is not whole. */
    private static final String PART = ".part";

    private static final int AT_ONCE = 1 << 16;

    /**
     * A small file, whole.
     *
     * @param most bytes; what is longer is refused
     */
    byte[] small(String name, int most) throws UpgradeException, InterruptedException {
        Patience patience = patience(name);
        while (true) {
            try (InputStream in = files.open(name, 0).bytes()) {
                byte[] got = in.readNBytes(most + 1);
                if (got.length > most) {
                    throw tooMuch(name, most);
                }
                return got;
            } catch (IOException e) {
                pause(patience, name, e);
            }
        }
    }

    /**
     * Returns once the file is whole, checked and on the disk: from a neighbour, if one has it or fetches it already.
     *
     * @throws UpgradeException when it is not what the release says; it is deleted then
     * @throws IOException when it cannot be kept here
     */
    Path fetch(ReleaseFile file) throws IOException, UpgradeException, InterruptedException {
        Path whole = folder.resolve(file.name());
        try {
            if (!isHere(file, whole) && !neighbourhood.take(file, whole)) {
                fetch(file, whole);
            }
            offers.add(file, whole);
            return whole;
        } finally {
            neighbourhood.over(file);
        }
    }

    private boolean isHere(ReleaseFile file, Path whole) throws IOException {
        return Digest.is(whole, file.bytes(), file.sha256()) || offers.take(file, whole);
    }

    private void fetch(ReleaseFile file, Path whole) throws IOException, UpgradeException, InterruptedException {
        Path part = folder.resolve(file.name() + PART);
        fill(part, file);
        String found = Digest.of(part);
        if (!found.equals(file.sha256())) {
            DurableFile.delete(part);
            throw new UpgradeException(new Cause(
                    "'%s' is not the file that the release says: its SHA-256 is %s, and should be %s. It was deleted here"
                            .formatted(file.name(), found, file.sha256()),
                    files.where(file.name()),
                    "put the release there again, with all of its files, and upgrade again"));
        }
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFile.sync(folder);
    }

    private void fill(Path part, ReleaseFile file) throws IOException, UpgradeException, InterruptedException {
        Patience patience = patience(file.name());
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (out.size() > file.bytes()) {
                out.truncate(0);
            }
            long most = out.size();
            while (out.size() < file.bytes()) {
                try {
                    goOn(out, file);
                } catch (NoPartException e) {
                    out.truncate(0);
                    pause(patience, file.name(), e);
                } catch (SourceException e) {
                    if (out.size() > most) {
                        patience.renew();
                        most = out.size();
                    }
                    pause(patience, file.name(), e);
                }
            }
            out.force(true);
        }
    }

    /** What fails where it comes from, not where it goes to. */
    private static final class SourceException extends IOException {
        private static final long serialVersionUID = 1L;

        SourceException(String message) {
            super(message);
        }
    }

    private void goOn(FileChannel out, ReleaseFile file) throws IOException, UpgradeException {
        try (InputStream in = begin(out, file)) {
            byte[] buffer = new byte[AT_ONCE];
            while (out.size() < file.bytes()) {
                int most = (int) Math.min(AT_ONCE, file.bytes() - out.size());
                int read = read(in, buffer, most, out.size());
                write(out, ByteBuffer.wrap(buffer, 0, read));
                if (deadline.isOver()) {
                    throw new SourceException(
                            "it is too slow: %d of %d bytes came in time".formatted(out.size(), file.bytes()));
                }
            }
        }
    }

    private InputStream begin(FileChannel out, ReleaseFile file) throws IOException, UpgradeException {
        Content content;
        try {
            content = files.open(file.name(), out.size());
        } catch (NoPartException e) {
            throw e;
        } catch (IOException e) {
            throw new SourceException(String.valueOf(e.getMessage()));
        }
        if (content.size().isPresent() && content.size().getAsLong() != file.bytes()) {
            content.bytes().close();
            throw new UpgradeException(new Cause(
                    "'%s' has %d bytes there, and should have %d by what the release says"
                            .formatted(file.name(), content.size().getAsLong(), file.bytes()),
                    files.where(file.name()),
                    "put the release there again, with all of its files, and upgrade again"));
        }
        out.truncate(content.start());
        out.position(content.start());
        return content.bytes();
    }

    private static int read(InputStream in, byte[] buffer, int most, long until) throws SourceException {
        try {
            int read = in.read(buffer, 0, most);
            if (read < 0) {
                throw new SourceException("it breaks off after %d bytes".formatted(until));
            }
            return read;
        } catch (SourceException e) {
            throw e;
        } catch (IOException e) {
            throw new SourceException("it breaks off after %d bytes: %s".formatted(until, e.getMessage()));
        }
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private Patience patience(String name) {
        return new Patience(limits, deadline, files.where(name));
    }

    private void pause(Patience patience, String name, IOException failure)
            throws UpgradeException, InterruptedException {
        if (!files.mayRecover()) {
            throw new UpgradeException.Unreachable(
                    new Cause("it cannot be read: " + failure, files.where(name), "look there, and upgrade again"));
        }
        patience.pauseAfter(failure);
    }

    private UpgradeException tooMuch(String name, long most) {
        return new UpgradeException(new Cause(
                "of '%s' there come more than the %d bytes that it can have".formatted(name, most),
                files.where(name),
                "put the release there again, with all of its files, and upgrade again"));
    }
}
