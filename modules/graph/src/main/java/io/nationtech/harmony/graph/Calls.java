package io.nationtech.harmony.graph;

import static java.util.Objects.requireNonNull;

import io.nationtech.harmony.domain.Cause;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** Calls drivers: no more at a time than a target bears, each with a deadline, again while its failure is transient. */
final class Calls {
    private final Limits limits;
    private final RandomGenerator chance;
    private final Map<Target, Gate> gates = new ConcurrentHashMap<>();

    /** A call to a driver. */
    interface Call<T> {
        T run() throws DriverException;
    }

    Calls(Limits limits, RandomGenerator chance) {
        this.limits = limits;
        this.chance = chance;
    }

    <T> T call(Target target, String what, Call<T> call) throws DriverException, InterruptedException {
        Gate gate = gates.computeIfAbsent(target, known -> new Gate(known.concurrency()));
        Duration pause = limits.firstPause();
        for (int attempt = 1; ; attempt++) {
            try {
                return once(gate, target, what, call);
            } catch (DriverException e) {
                if (attempt == limits.attempts() || e.persistence() == DriverException.Persistence.PERMANENT) {
                    throw e;
                }
                Thread.sleep(pause.plusMillis(chance.nextLong(pause.toMillis() / 2 + 1)));
                pause = pause.multipliedBy(2);
            }
        }
    }

    private <T> T once(Gate gate, Target target, String what, Call<T> call)
            throws DriverException, InterruptedException {
        gate.enter();
        CompletableFuture<T> end = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().unstarted(() -> {
            try {
                end.complete(call.run());
            } catch (Throwable e) {
                // Whatever ended this thread unseen would look like a target that hangs.
                end.completeExceptionally(e);
            } finally {
                gate.leave();
            }
        });
        start(thread, gate);
        try {
            return end.get(limits.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            Cause cause = late(target, what);
            gate.shut(cause);
            thread.interrupt();
            throw new DriverException(cause, DriverException.Persistence.PERMANENT);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof DriverException failure
                    ? failure
                    : unexpected(target, what, requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }

    /** There may be no memory for another thread: then its place is free again. */
    private static void start(Thread thread, Gate gate) {
        try {
            thread.start();
        } catch (Throwable e) {
            gate.leave();
            throw e;
        }
    }

    private Cause late(Target target, String what) {
        return new Cause(
                "%s did not answer within %d s, and nothing more is asked of it"
                        .formatted(target.name(), limits.deadline().toSeconds()),
                what,
                "look whether it runs and is reachable, then deploy again; what is elsewhere went on");
    }

    private static DriverException unexpected(Target target, String what, Throwable thrown) {
        String message = Optional.ofNullable(thrown.getMessage())
                .orElse(thrown.getClass().getSimpleName());
        return new DriverException(
                new Cause(
                        "the driver for %s failed unexpectedly: %s".formatted(target.name(), message),
                        what,
                        "this is a defect of the driver: report it"),
                DriverException.Persistence.PERMANENT);
    }
}
