package io.nationtech.harmony.operator;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Tells of the deployments in a folder: of those that are there at first, and again of all whenever a jar or its settings came, went or changed.
 * A change is told once two looks in a row saw the same, so that a jar which is being copied is not taken half. A folder that is
 * not there has none, and may come.
 */
public final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(FolderWatch.class.getName());

    private final Path folder;
    private final Duration every;
    private final Consumer<DeploymentFolder> listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("operate folder").unstarted(this::watch);

    /** What a file looks like from outside. */
    private record Seen(Path file, long size, FileTime changed) {}

    /**
     * @param every how often the folder is looked at
     * @param listener is told on one thread; the next change waits until it is done
     */
    public FolderWatch(Path folder, Duration every, Consumer<DeploymentFolder> listener) {
        this.folder = folder;
        this.every = every;
        this.listener = listener;
    }

    /** Begins; returns at once. */
    public void start() {
        thread.start();
    }

    /** Nothing is told any more once this returns. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (thread.isAlive()) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        List<Seen> told = List.of();
        List<Seen> last = look(told);
        try {
            do {
                List<Seen> now = look(last);
                if (now.equals(last) && !now.equals(told)) {
                    told = now;
                    tell();
                }
                last = now;
            } while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        try {
            listener.accept(DeploymentFolder.read(folder));
        } catch (Throwable e) {
            // The edge of a thread, and what it ran came from the folder: the next change is heard all the same.
            LOG.log(Level.ERROR, "The deployments in %s cannot be taken up".formatted(folder), e);
        }
    }

    private List<Seen> look(List<Seen> before) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Seen> seen = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(DeploymentFolder::concerns).sorted().toList()) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                seen.add(new Seen(file, attributes.size(), attributes.lastModifiedTime()));
            }
            return seen;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The folder {0} cannot be looked at, and is looked at again: {1}", folder, e);
            return before;
        }
    }
}
