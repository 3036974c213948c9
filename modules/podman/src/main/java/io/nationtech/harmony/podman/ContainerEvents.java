package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.capability.ContainerRuntime.Subscription;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.ContainerHistory.Exit;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.programs.Followed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows {@code podman events}, one process for as long as anybody listens, and tells of what happens to containers of a node.
 * Safe for use by several threads.
 */
final class ContainerEvents implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ContainerEvents.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** What happened so shortly before a process ended may not have been read; to hear it twice does no harm. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private final Programs programs;
    private final String node;
    private final Runnable changed;
    private final InstantSource clock;
    private final List<Consumer<DeploymentName>> listeners = new CopyOnWriteArrayList<>();
    private final Map<UnitName, Exit> exits = new ConcurrentHashMap<>();
    private final Object telling = new Object();
    private Optional<Follower> follower = Optional.empty();

    /**
     * @param node whose containers it is about, by their label; empty for those without one
     * @param changed run before anybody is told, and whenever something may have been missed
     */
    ContainerEvents(Programs programs, String node, Runnable changed, InstantSource clock) {
        this.programs = programs;
        this.node = node;
        this.changed = changed;
        this.clock = clock;
    }

    synchronized Subscription subscribe(Consumer<DeploymentName> listener) {
        listeners.add(listener);
        if (follower.isEmpty()) {
            follower = Optional.of(new Follower());
        }
        return () -> unsubscribe(listener);
    }

    private synchronized void unsubscribe(Consumer<DeploymentName> listener) {
        listeners.remove(listener);
        if (listeners.isEmpty()) {
            close();
        }
    }

    /** Whether what others do is told. */
    synchronized boolean isFollowing() {
        return follower.filter(running -> running.following).isPresent();
    }

    /** How a container's process ended last; empty when nobody listened then. */
    Optional<Exit> lastExit(UnitName container) {
        return Optional.ofNullable(exits.get(container));
    }

    /** Forgets all but these. */
    void keepOnly(Set<UnitName> containers) {
        exits.keySet().retainAll(containers);
    }

    /** Tells that something about a deployment's containers changed. */
    void tell(DeploymentName deployment) {
        synchronized (telling) {
            for (Consumer<DeploymentName> listener : listeners) {
                try {
                    listener.accept(deployment);
                } catch (RuntimeException e) {
                    // The edge of a thread: a listener's defect must not silence the others.
                    LOG.log(Level.ERROR, "Cannot tell of a change of deployment %s".formatted(deployment), e);
                }
            }
        }
    }

    private void hear(String line) {
        ContainerEvent.parse(line).filter(event -> event.node().equals(node)).ifPresent(event -> {
            event.exit().ifPresent(exit -> exits.put(event.container(), exit));
            changed.run();
            tell(event.container().deployment());
        });
    }

    @Override
    public synchronized void close() {
        follower.ifPresent(Follower::close);
        follower = Optional.empty();
    }

    /** The process and who reads it: a platform thread, as reading a pipe blocks the carrier of a virtual one. */
    private final class Follower implements AutoCloseable {
        private final CountDownLatch closing = new CountDownLatch(1);
        private Optional<Followed> process = Optional.empty();
        private volatile boolean following;

        Follower() {
            Thread.ofPlatform().daemon().name("podman-events").start(this::run);
        }

        private void run() {
            Duration pause = FIRST_PAUSE;
            Instant since = clock.instant();
            try {
                do {
                    Instant begun = clock.instant();
                    follow(since);
                    since = clock.instant().minus(OVERLAP);
                    boolean lived = Duration.between(begun, clock.instant()).compareTo(LONGEST_PAUSE) > 0;
                    pause = lived ? FIRST_PAUSE : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
                } while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Until the process ends. What happened since then is told too, so that nothing is missed between two processes. */
        private void follow(Instant since) {
            try {
                Followed events = programs.start(
                        "podman",
                        "events",
                        "--format=json",
                        "--filter=type=container",
                        "--since=" + since.getEpochSecond());
                if (!take(events)) {
                    return;
                }
                following = true;
                try (InputStream output = new BufferedInputStream(events.output())) {
                    BoundedLines.forEach(output, ContainerEvents.this::hear);
                }
                LOG.log(Level.DEBUG, "podman events ended");
            } catch (IOException | RuntimeUnavailableException e) {
                LOG.log(Level.WARNING, "Cannot follow what podman does, so it is asked instead: {0}", e.getMessage());
            } finally {
                following = false;
                changed.run();
            }
        }

        private synchronized boolean take(Followed events) {
            process = Optional.of(events);
            boolean wanted = closing.getCount() > 0;
            if (!wanted) {
                events.close();
            }
            return wanted;
        }

        @Override
        public synchronized void close() {
            closing.countDown();
            process.ifPresent(Followed::close);
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
