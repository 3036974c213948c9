package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.JobSpec;
import io.nationtech.harmony.domain.node.Schedule;
import io.nationtech.harmony.domain.node.Trigger;
import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.ServiceName;
import java.time.Duration;

/**
 * Work in a container that ends: once for each content, as a migration, or on a schedule, as a backup. It has no ports, no probe and no
 * replicas, and its process is never started again by itself within a run.
 *
 * @param spec of a container that is a job
 */
public record Job(ServiceSpec spec) implements ServiceScore<Job> {
    public Job {
        if (spec.container().execution().job().isEmpty()
                || !spec.container().network().ports().isEmpty()
                || spec.replicas().count() != 1) {
            throw new InvalidValueException(
                    "'%s' is no job: a job has a trigger, publishes nothing and is there once".formatted(spec.name()));
        }
    }

    @Override
    public Job with(ServiceSpec other) {
        return new Job(other);
    }

    /** Begins a job. */
    public static Named named(ServiceName name) {
        return new Named(name);
    }

    /** Knows its name; needs an image. */
    public record Named(ServiceName name) {
        /** Names the image. */
        public WithImage image(ImageReference image) {
            return new WithImage(name, image);
        }
    }

    /** Knows its image; needs a trigger. */
    public record WithImage(ServiceName name, ImageReference image) {
        /** Runs once for each content: {@link Trigger.Once}. */
        public Triggered once() {
            return new Triggered(name, image, new Trigger.Once());
        }

        /** Runs at these times by its node's clocks; a run that was missed is caught up. */
        public Triggered at(CalendarTime times) {
            return on(Schedule.of(times));
        }

        /** Runs on a schedule. */
        public Triggered on(Schedule schedule) {
            return new Triggered(name, image, schedule);
        }
    }

    /** Knows its trigger; needs a memory limit. */
    public record Triggered(ServiceName name, ImageReference image, Trigger trigger) {
        /** Limits the memory of a run. */
        public Job memoryLimit(Memory limit) {
            return new Job(ServiceSpec.of(
                    name,
                    Container.of(ContainerName.of(name.value()), image, limit).job(JobSpec.of(trigger))));
        }
    }

    /** What makes it run, and how long a run may take. */
    public JobSpec job() {
        return container().execution().job().orElseThrow();
    }

    /**
     * The same job, whose runs are killed after so long: 1 s to 30 days, in whole seconds.
     *
     * @throws InvalidValueException when that is longer than from one run to the next
     */
    public Job deadline(Duration time) {
        return with(spec.with(container().job(job().deadline(time))));
    }

    /**
     * That it has ended well, for those that start {@link #after(Completed)} that.
     *
     * @throws InvalidValueException when it runs on a schedule, and so is never done
     */
    public Completed completed() {
        if (job().trigger() instanceof Schedule schedule) {
            throw new InvalidValueException(
                    "job '%s' runs on a schedule, %s, and is never completed: only one that runs once() is"
                            .formatted(name(), schedule));
        }
        return new Completed(name());
    }
}
