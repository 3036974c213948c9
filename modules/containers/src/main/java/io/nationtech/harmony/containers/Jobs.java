package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Container.Network;
import io.nationtech.harmony.domain.node.Container.Pull;
import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.JobSpec;
import io.nationtech.harmony.domain.node.MissedRun;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.node.Schedule;
import io.nationtech.harmony.domain.node.Trigger;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.TimeZoneName;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.form.RecordForm;
import io.nationtech.harmony.form.Sha256;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs jobs: each run is a container of its own, under the job's name. That a run begins is kept before it does, so that an agent that is
 * ended in between never begins one twice at its time.
 */
final class Jobs {
    private static final Logger LOG = System.getLogger(Jobs.class.getName());
    private static final RecordForm<Container> FORM = RecordForm.of(Container.class);
    private static final int DIGEST = 32;
    /** Whoever is later than that missed its time; other containers of its deployment may have to be fetched first. */
    private static final Duration PUNCTUAL = Duration.ofMinutes(5);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 5;

    private final ContainerRuntime runtime;
    private final History<JobRecord> history;
    private final InstantSource clock;
    private final ZoneId zone;
    private final JobTimer timer;
    private final StartConditions conditions;

    /**
     * @param zone of the node's clocks
     */
    Jobs(
            ContainerRuntime runtime,
            History<JobRecord> history,
            InstantSource clock,
            ZoneId zone,
            JobTimer timer,
            StartConditions conditions) {
        this.runtime = runtime;
        this.history = history;
        this.clock = clock;
        this.zone = zone;
        this.timer = timer;
        this.conditions = conditions;
    }

    /** What is known of a deployment's jobs. */
    Map<ResourceId, JobRecord> of(DeploymentName deployment) {
        return history.of(deployment);
    }

    /** Whether it is known as one. */
    boolean isKnown(Owned owned) {
        return history.of(owned).isPresent();
    }

    /**
     * How a job is.
     *
     * @param job as it is declared, where that is known already
     * @param container of its last run, or of the one that runs
     */
    ResourceStatus status(ResourceId id, JobRecord kept, Optional<JobSpec> job, Optional<ContainerStatus> container) {
        Instant now = clock.instant();
        JobRecord known = kept.seeing(container, now);
        Optional<String> next = job.filter(_ -> !known.isRunning())
                .map(JobSpec::trigger)
                .flatMap(trigger -> trigger instanceof Schedule schedule
                        ? due(schedule, known, now).map(time -> JobWords.next(time, zone(schedule)))
                        : Optional.empty());
        ResourceStatus status = ResourceStatus.of(id, phase(known, container))
                .since(known.run()
                        .map(run -> run.end().map(JobRecord.End::at).orElse(run.began()))
                        .orElse(known.since()));
        String words = Stream.of(
                        container.flatMap(ContainerStatus::pulling).map(image -> "pulling image " + image),
                        known.run().map(JobWords::ended),
                        next)
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        return words.isEmpty() ? status : status.detail(words);
    }

    /** A run on a schedule that failed is told, and holds up no deployment: the next may mend it. */
    private static Phase phase(JobRecord known, Optional<ContainerStatus> container) {
        boolean isOnce = known.schedule().isEmpty();
        if (known.isRunning()) {
            return container.flatMap(ContainerStatus::pulling).isPresent() || container.isEmpty()
                    ? Phase.PENDING
                    : isOnce ? Phase.STARTING : Phase.RUNNING;
        }
        if (isOnce) {
            return known.isDone() ? Phase.COMPLETED : known.failures() > 0 ? Phase.STOPPED : Phase.PENDING;
        }
        return known.run()
                        .flatMap(JobRecord.Run::end)
                        .filter(JobRecord.End::isGood)
                        .isPresent()
                ? Phase.COMPLETED
                : Phase.READY;
    }

    Outcome converge(Owned owned, Container container, Means means, Map<MountedFile, Path> files) {
        JobSpec job = container.execution().job().orElseThrow();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<JobRecord> kept = history.of(owned);
        Optional<ContainerStatus> there = ContainerDriver.status(runtime, owned);
        if (kept.isEmpty() && there.isPresent() && remove(owned) instanceof Outcome.Failed failed) {
            // A service until now.
            return failed;
        }
        String schedule = schedule(job.trigger());
        String content = content(container, files);
        JobRecord known = kept.map(before -> before.seeing(there, now).following(schedule, content, now))
                .orElseGet(() -> JobRecord.declared(schedule, content, now));
        if (!kept.equals(Optional.of(known))) {
            history.keep(owned, known);
        }
        Outcome resting = kept.filter(before -> before.schedule().equals(schedule)
                                && before.content().equals(content))
                        .isPresent()
                ? new Outcome.Unchanged()
                : new Outcome.Changed("job %s is declared".formatted(container.name()));
        if (known.isRunning()) {
            return resting;
        }
        conditions.forget(owned);
        Optional<Instant> due = due(job.trigger(), known, now);
        timer.set(owned, due.filter(time -> time.isAfter(now)));
        if (due.isEmpty()) {
            return resting;
        }
        if (due.get().isAfter(now)) {
            return known.failures() > 0 && job.trigger() instanceof Trigger.Once
                    ? new Outcome.Failed(failed(owned, known, due.get()))
                    : resting;
        }
        if (isSkipped(job.trigger(), due.get(), now)) {
            LOG.log(
                    Level.WARNING,
                    "Deployment {0}: job {1} missed its run of {2}; the next one is waited for",
                    owned.deployment(),
                    container.name(),
                    due.get());
            JobRecord later = known.skipping(now);
            history.keep(owned, later);
            timer.set(owned, due(job.trigger(), later, now));
            return resting;
        }
        if (conditions.mustWait(owned, container, () -> false)) {
            return resting;
        }
        return begin(owned, container, means, files, known, now);
    }

    /** When it runs next, perhaps in the past; empty when it does not any more. */
    Optional<Instant> due(Trigger trigger, JobRecord known, Instant now) {
        return switch (trigger) {
            case Schedule schedule -> schedule.at().after(known.since(), zone(schedule));
            case Trigger.Once() when known.isDone() -> Optional.empty();
            case Trigger.Once()
            when known.failures() > 0 ->
                known.run().flatMap(JobRecord.Run::end).map(end -> end.at().plus(pause(known.failures())));
            case Trigger.Once() -> Optional.of(now);
        };
    }

    /** The zone by whose clocks a schedule is. */
    ZoneId zone(Schedule schedule) {
        return schedule.zone().map(TimeZoneName::zone).orElse(zone);
    }

    private static Duration pause(int failures) {
        return FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    }

    private static boolean isSkipped(Trigger trigger, Instant due, Instant now) {
        return trigger instanceof Schedule schedule
                && schedule.missed() == MissedRun.SKIP
                && Duration.between(due, now).compareTo(PUNCTUAL) > 0;
    }

    private Outcome begin(
            Owned owned, Container container, Means means, Map<MountedFile, Path> files, JobRecord known, Instant now) {
        history.keep(owned, known.beginning(now, container.execution().job().flatMap(JobSpec::deadline)));
        Outcome begun = remove(owned) instanceof Outcome.Failed failed
                ? failed
                : runtime.converge(owned.deployment(), container, means.secrets(), files);
        return switch (begun) {
            case Outcome.Failed failed -> {
                // It is still due.
                history.keep(owned, known);
                yield failed;
            }
            case Outcome.Changed _, Outcome.Unchanged() -> {
                LOG.log(Level.INFO, "Deployment {0}: job {1} begins", owned.deployment(), container.name());
                yield new Outcome.Changed("job %s begun".formatted(container.name()));
            }
        };
    }

    private static Cause failed(Owned owned, JobRecord known, Instant next) {
        return new Cause(
                "job '%s' failed %s: %s; it is tried again at %s"
                        .formatted(
                                owned.resource().name(),
                                known.failures() == 1 ? "once" : known.failures() + " times in a row",
                                known.run().map(JobWords::ended).orElse("it is not known how"),
                                next.truncatedTo(ChronoUnit.SECONDS)),
                "deployment " + owned.deployment(),
                "`harmony logs %s` tells what it wrote; mend it and deploy".formatted(owned.deployment()));
    }

    /** Ends what runs, and forgets it. */
    Outcome forget(Owned owned) {
        timer.set(owned, Optional.empty());
        Outcome removed = remove(owned);
        if (removed instanceof Outcome.Failed) {
            return removed;
        }
        return history.forget(owned)
                ? new Outcome.Changed(
                        "job %s removed".formatted(owned.resource().name()))
                : removed;
    }

    private Outcome remove(Owned owned) {
        return runtime.remove(owned.deployment(), ContainerDriver.name(owned.resource()));
    }

    private static String schedule(Trigger trigger) {
        return switch (trigger) {
            case Trigger.Once() -> "";
            case Schedule schedule -> schedule.toString();
        };
    }

    /** A digest of what is done; not of where and when, with whom it shares a network, and what its node keeps for it. */
    private static String content(Container container, Map<MountedFile, Path> files) {
        Container same = container
                .with(Pull.DEFAULT)
                .with(Network.DEFAULT)
                .with(container.execution().after(Set.of()).with(JobSpec.of(new Trigger.Once())))
                .with(container.resources().limitedTo(container.resources().memoryLimit()))
                .placed(List.of(), Mobility.MOVES);
        Map<String, String> places = new TreeMap<>();
        files.forEach((file, path) -> places.put(file.at().toString(), path.toString()));
        return Sha256.hex("%s %s".formatted(FORM.canonical(same), places)).substring(0, DIGEST);
    }
}
