package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Listens to a runtime. */
final class Told implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final BlockingQueue<DeploymentName> told = new LinkedBlockingQueue<>();
    private final ContainerRuntime.Subscription subscription;

    Told(ContainerRuntime runtime) {
        subscription = runtime.onChange(told::add);
    }

    /** Until what was done before has been told. */
    void awaitSilence() {
        try {
            while (told.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS) != null) {}
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
