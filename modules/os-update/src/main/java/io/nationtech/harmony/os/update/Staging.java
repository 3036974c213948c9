package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.os.update.OsRelease.Delta;
import io.nationtech.harmony.os.update.OsRelease.Part;
import io.nationtech.harmony.os.update.OsRelease.ReleaseFile;
import io.nationtech.harmony.programs.Ended;
import io.nationtech.harmony.programs.Output;
import io.nationtech.harmony.programs.Program;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder where systemd-sysupdate finds the parts of a release, each whole or not there; what is fetched lies below. */
record Staging(Path folder) {
    private static final Logger LOG = System.getLogger(Staging.class.getName());
    private static final int AT_ONCE = 1 << 16;
    private static final String FRESH = "unpacked.new";
    private static final String OLD = "delta-from";
    /** Of what zstd needs beside the two images. */
    private static final long MEMORY = 64L << 20;

    Path fetched() {
        return folder.resolve("fetched");
    }

    /** Takes away what is of other releases. */
    void prepare(OsRelease release) throws IOException {
        Files.createDirectories(fetched());
        Set<String> staged = release.parts().stream()
                .map(part -> part.stagedName(release.version()))
                .collect(Collectors.toSet());
        deleteFiles(folder, name -> !staged.contains(name));
        Set<String> files = release.files().map(ReleaseFile::name).collect(Collectors.toSet());
        deleteFiles(fetched(), name -> !files.contains(name.replaceFirst("\\.part$", "")));
    }

    /** Takes all away. */
    void clear() throws IOException {
        deleteFiles(fetched(), _ -> true);
        Files.deleteIfExists(fetched());
        deleteFiles(folder, _ -> true);
    }

    private interface Names {
        boolean has(String name);
    }

    private static void deleteFiles(Path folder, Names those) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (those.has(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }

    long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** The bytes of what lies here. */
    long used() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    /**
     * What a delta can be applied to, and by what.
     *
     * @param memory bytes that programs could have
     */
    record Base(SystemVersion version, Machine machine, long memory) {}

    /** Returns once the part lies here, whole. */
    void take(OsRelease release, Part part, Download download, Base base)
            throws IOException, UpgradeException, InterruptedException {
        Path ready = folder.resolve(part.stagedName(release.version()));
        if (Digest.is(ready, part.bytes(), part.sha256())) {
            return;
        }
        Optional<Delta> delta = release.delta(part.sort(), base.version());
        if (delta.isEmpty() || !isTakenBy(delta.get(), part, ready, download, base)) {
            Path packed = download.fetch(part.file());
            unpack(packed, unpacking(List.of(), packed), part, ready, download);
            Files.deleteIfExists(fetched().resolve(part.file().name()));
        }
    }

    /** Whether it came to be by a delta; if not, there is the whole. */
    private boolean isTakenBy(Delta delta, Part part, Path ready, Download download, Base base)
            throws IOException, UpgradeException, InterruptedException {
        long memory = delta.fromBytes() + part.bytes() + MEMORY;
        if (base.memory() < memory) {
            LOG.log(
                    Level.INFO,
                    "{0} MiB of memory are too little for a delta, which needs {1} MiB; fetching the whole",
                    base.memory() >> 20,
                    memory >> 20);
            return false;
        }
        Path old = fetched().resolve(OLD);
        try {
            Optional<Path> active = base.machine().active(delta.part(), base.version());
            if (active.isEmpty() || !copied(active.get(), delta, old)) {
                LOG.log(Level.INFO, "What runs is not what the delta is made for; fetching the whole");
                return false;
            }
            Path packed = download.fetch(delta.file());
            List<String> words = unpacking(List.of("--long=31", "--patch-from=" + old), packed);
            unpack(packed, base.machine().beside(words), part, ready, download);
            return true;
        } catch (UpgradeException.Unreachable e) {
            throw e;
        } catch (UpgradeException | IOException e) {
            LOG.log(Level.WARNING, "The delta is of no use, fetching the whole: {0}", e.getMessage());
            return false;
        } finally {
            Files.deleteIfExists(old);
            Files.deleteIfExists(fetched().resolve(delta.file().name()));
        }
    }

    /** zstd reads what a delta is made for from a file alone. */
    private static boolean copied(Path active, Delta delta, Path old) throws IOException {
        try (InputStream in = Files.newInputStream(active)) {
            return write(in, delta.fromBytes(), old) == delta.fromBytes()
                    && Digest.of(old).equals(delta.fromSha256());
        }
    }

    private static List<String> unpacking(List<String> options, Path packed) {
        return Stream.of(List.of("zstd", "-d", "-q", "-c"), options, List.of(packed.toString()))
                .flatMap(List::stream)
                .toList();
    }

    private void unpack(Path packed, List<String> words, Part part, Path ready, Download download)
            throws IOException, UpgradeException, InterruptedException {
        Path fresh = fetched().resolve(FRESH);
        try {
            Ended ended = Program.of(words)
                    .writing(new Output.InFile(fresh, part.bytes()))
                    .run(download.deadline().left());
            if (!ended.isGood() || !Digest.is(fresh, part.bytes(), part.sha256())) {
                throw new UpgradeException(new Cause(
                        "'%s' does not come to what the release says: %s %s"
                                .formatted(packed.getFileName(), words.getFirst(), ended.complaint()),
                        download.files().where(packed.getFileName().toString()),
                        "make the release again: `make release`"));
            }
            DurableFile.sync(fresh);
            Files.move(fresh, ready, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFile.sync(folder);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** At most so many bytes; on the disk when it returns. */
    private static long write(InputStream in, long most, Path file) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[AT_ONCE];
            long written = 0;
            while (written < most) {
                int read = in.read(buffer, 0, (int) Math.min(AT_ONCE, most - written));
                if (read < 0) {
                    break;
                }
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                written += read;
            }
            out.force(true);
            return written;
        }
    }
}
