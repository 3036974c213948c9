package io.nationtech.harmony.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this machine, and pages that are served here, as a person on site looks at them. */
final class Programs {
    private Programs() {}

    /** What a program wrote, however it ended. */
    static String run(String... words) {
        try {
            Process process = new ProcessBuilder(List.of(words))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What podman wrote, however it ended. */
    static String podman(String... words) {
        return run(Stream.concat(Stream.of("podman"), Stream.of(words)).toArray(String[]::new));
    }

    /** Runs a program that must succeed within a minute. */
    static void must(String... words) {
        try {
            Process process = new ProcessBuilder(words).inheritIO().start();
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError("failed: " + String.join(" ", words));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Builds an image from a folder with a Containerfile. */
    static void buildImage(String tag, Path folder) {
        must("podman", "build", "--quiet", "--tag", tag, folder.toString());
    }

    /** A page; empty when there is none. */
    static String fetch(URI page) {
        try {
            URLConnection connection = page.toURL().openConnection();
            connection.setConnectTimeout(2_000);
            connection.setReadTimeout(2_000);
            try (InputStream stream = connection.getInputStream()) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            return "";
        }
    }
}
