package io.nationtech.harmony.restic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Folders with all that a file system knows of a file. */
final class Trees {
    private static final int MEBIBYTE = 1 << 20;

    private Trees() {}

    /** Files of other owners, modes, with attributes, links, holes, and one that is large. */
    static void plant(Path folder) {
        try {
            Files.createDirectories(folder.resolve("deep/er/ümläut and blank"));
            run("chmod", "700", folder.toString());
            run("chown", "70:71", folder.toString());
            Files.writeString(folder.resolve("plain"), "one\n");
            Files.writeString(folder.resolve("deep/er/secret"), "two\n");
            run("chmod", "4640", folder.resolve("deep/er/secret").toString());
            run("chown", "1234:4321", folder.resolve("deep/er/secret").toString());
            Files.createSymbolicLink(folder.resolve("link"), Path.of("/nowhere/at all"));
            Files.createLink(folder.resolve("twin"), folder.resolve("plain"));
            run("mkfifo", folder.resolve("pipe").toString());
            Files.getFileAttributeView(folder.resolve("plain"), UserDefinedFileAttributeView.class)
                    .write("colour", ByteBuffer.wrap("red".getBytes(StandardCharsets.UTF_8)));
            run("truncate", "--size", "64M", folder.resolve("hole").toString());
            byte[] large = new byte[9 * MEBIBYTE];
            for (int i = 0; i < large.length; i++) {
                large[i] = (byte) (i * 31 + (i >> 8) * 17 + (i >> 16));
            }
            Files.write(folder.resolve("large"), large);
            run(
                    "touch",
                    "--date",
                    "2001-02-03T04:05:06.789",
                    folder.resolve("plain").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that there is to say of each file, by its path. */
    static Map<String, String> read(Path folder) {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                all.put(folder.relativize(file).toString(), describe(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static String describe(Path file) throws IOException {
        Map<String, Object> known =
                Files.readAttributes(file, "unix:mode,uid,gid,nlink,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        String text = new TreeMap<>(known).toString();
        if (Files.isSymbolicLink(file)) {
            return text + " -> " + Files.readSymbolicLink(file);
        }
        if (Files.isRegularFile(file)) {
            UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
            return "%s %s %s".formatted(text, digest(file), view.list());
        }
        return text;
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String run(String... words) {
        try {
            Process process =
                    new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("%s: %s".formatted(List.of(words), said));
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
