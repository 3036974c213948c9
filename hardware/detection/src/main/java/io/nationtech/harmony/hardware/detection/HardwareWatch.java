package io.nationtech.harmony.hardware.detection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows a machine's hardware: tells it once at the start and then whenever it may have changed. Folders of the kernel are listed
 * now and then, which needs no right and costs next to nothing; its events (netlink) would come sooner, but not into containers
 * and not for what changes by itself.
 */
public final class HardwareWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HardwareWatch.class.getName());
    private static final long STACK_BYTES = 256 << 10;

    private final Detection detection;
    private final Cadence cadence;
    private final Consumer<Detected> listener;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private HardwareWatch(Detection detection, Cadence cadence, Consumer<Detected> listener) {
        this.detection = detection;
        this.cadence = cadence;
        this.listener = listener;
        // A platform thread: file reads would pin a carrier of the virtual ones.
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("hardware")
                .stackSize(STACK_BYTES)
                .unstarted(this::follow);
    }

    /**
     * Begins; returns at once.
     *
     * @param listener told on the watch's own thread, also when nothing differs from what it was told before; must not block
     */
    public static HardwareWatch start(Detection detection, Cadence cadence, Consumer<Detected> listener) {
        HardwareWatch watch = new HardwareWatch(detection, cadence, listener);
        watch.thread.start();
        return watch;
    }

    private void follow() {
        try {
            tell(detection.all());
            Duration pause = cadence.eager();
            Duration sinceMoving = Duration.ZERO;
            Set<AskedSource> unsettled = Set.of();
            while (!closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                sinceMoving = sinceMoving.plus(pause);
                Set<AskedSource> changed = detection.newlyListed();
                pause = changed.isEmpty() ? cadence.after(pause) : cadence.eager();
                if (!changed.isEmpty() || !unsettled.isEmpty()) {
                    unsettled.forEach(source -> LOG.log(
                            Level.DEBUG, "Looking again at {0}", source.source().name()));
                    tell(detection.ask(union(changed, unsettled)));
                    // Its driver may still be at work on what has just come.
                    unsettled = changed;
                } else if (sinceMoving.compareTo(cadence.moving()) >= 0) {
                    sinceMoving = Duration.ZERO;
                    tell(detection.moving());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Set<AskedSource> union(Set<AskedSource> one, Set<AskedSource> other) {
        Set<AskedSource> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private void tell(Detected detected) {
        try {
            listener.accept(detected);
        } catch (RuntimeException e) {
            // The edge of a thread: hardware that changes later must still be seen.
            LOG.log(Level.ERROR, "Unexpected failure while telling the hardware", e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
