package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Real containers of podman on this machine, of an image made from the machine's own busybox. */
final class TrialContainers {
    /** Runs for a day. */
    static final ImageReference IMAGE = new ImageReference("localhost/harmony-agent-trial:1");

    static final ImageReference ENDS_AT_ONCE = new ImageReference("localhost/harmony-agent-trial:2");
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private TrialContainers() {}

    /** Makes the images; quick when they are there. */
    static void makeImages(Path scratch) throws IOException {
        Files.copy(Path.of("/usr/bin/busybox"), scratch.resolve("busybox"), StandardCopyOption.REPLACE_EXISTING);
        makeImage(scratch, IMAGE, "\"sleep\", \"86400\"");
        makeImage(scratch, ENDS_AT_ONCE, "\"false\"");
    }

    private static void makeImage(Path scratch, ImageReference image, String words) throws IOException {
        Files.writeString(
                scratch.resolve("Containerfile"),
                "FROM scratch\nCOPY busybox /bin/busybox\nCMD [\"/bin/busybox\", %s]\n".formatted(words));
        podman("build", "--quiet", "--tag", image.toString(), scratch.toString());
    }

    /** Whether a node's container runs, and is of an image. */
    static boolean runs(NodeId node, ImageReference image) {
        try {
            return podman("ps", "--filter", "name=^" + name(node) + "$", "--format", "{{.Image}}")
                    .strip()
                    .equals(image.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process of a node's container on this machine; 0 when it does not run. */
    static long process(NodeId node) {
        try {
            String answer = podman("ps", "--filter", "name=^" + name(node) + "$", "--format", "{{.Pid}}")
                    .strip();
            return answer.isEmpty() ? 0 : Long.parseLong(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(NodeId node) throws IOException {
        podman("rm", "--force", "--ignore", "--time", "0", name(node));
    }

    private static String name(NodeId node) {
        return "harmony-%s.%s.%s".formatted(node, Site.DEPLOYMENT, Site.CONTAINER);
    }

    private static String podman(String... words) throws IOException {
        List<String> command =
                Stream.concat(Stream.of("podman"), Stream.of(words)).toList();
        Path output = Files.createTempFile("podman", "out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("no end within %s: %s".formatted(TIMEOUT, command));
            }
            String answer = Files.readString(output, StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new IOException("%s ended with %d: %s".formatted(command, process.exitValue(), answer));
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + command, e);
        } finally {
            Files.delete(output);
        }
    }
}
