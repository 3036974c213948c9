package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A member of a fleet under chaos, in its process: who it is, and how it tells what it does and hears what to do, in lines on its standard
 * streams. Without anybody who listens it ends.
 */
final class ChaosLife {
    private static final String CLOCK = "clock ";
    private static final String END = "end";

    private final String name;
    private final Path state;
    private final int first;
    private final MeshFiles files;
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private final CountDownLatch ending = new CountDownLatch(1);
    private volatile Duration wrong;

    private ChaosLife(List<String> arguments) {
        this.name = arguments.get(0);
        this.files = new MeshFiles(Path.of(arguments.get(1)), arguments.get(2));
        this.state = Path.of(arguments.get(3));
        this.wrong = Duration.ofMillis(Long.parseLong(arguments.get(4)));
        this.first = Integer.parseInt(arguments.get(5));
    }

    /**
     * What a process is begun with.
     *
     * @param wrong how far its clock is from the right time
     * @param first version that nobody has said
     */
    static List<String> arguments(String name, MeshFiles files, Path state, Duration wrong, int first) {
        return List.of(
                name,
                files.folder().toString(),
                files.url(),
                state.toString(),
                Long.toString(wrong.toMillis()),
                Integer.toString(first));
    }

    static ChaosLife begin(String... arguments) {
        ChaosLife life = new ChaosLife(List.of(arguments));
        // Of the platform: a virtual one would hold a carrier for as long as nobody says anything.
        Thread.ofPlatform().daemon().name("orders").start(life::hear);
        return life;
    }

    /** What somebody else tells it to do. */
    static String setClock(Duration wrong) {
        return CLOCK + wrong.toMillis();
    }

    static String end() {
        return END;
    }

    private void hear() {
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                if (line.startsWith(CLOCK)) {
                    wrong = Duration.ofMillis(Long.parseLong(line.substring(CLOCK.length())));
                } else {
                    ending.countDown();
                }
            }
        } catch (IOException e) {
            // As when nothing more is said.
        }
        Runtime.getRuntime().halt(0);
    }

    String name() {
        return name;
    }

    Path state() {
        return state;
    }

    int first() {
        return first;
    }

    InstantSource clock() {
        return () -> Instant.now().plus(wrong);
    }

    NatsMesh connect() {
        return NatsMesh.connectInBackground(files.options(name, clock()));
    }

    Fleet fleet(NatsMesh mesh) {
        return files.fleet(mesh, name, clock());
    }

    MeshJournals journals(NatsMesh mesh) {
        return new MeshJournals(mesh, clock(), System::nanoTime, new SecureRandom(), _ -> {});
    }

    Author author() {
        return Author.of(name + "@chaos");
    }

    /** In one piece, so that a kill leaves the whole of it or nothing. */
    synchronized void say(ChaosEvent event) {
        try {
            out.write((event.line() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isOver() {
        return ending.getCount() == 0;
    }

    void awaitEnd() throws InterruptedException {
        ending.await();
    }
}
