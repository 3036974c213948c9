package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.ImageLookup;
import io.nationtech.harmony.domain.capability.SecretValues;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.Owned;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets containers follow their images' tags. What is tried is kept before it runs, so that an agent which is ended in between goes on with it; what
 * is not well in time gives way to what was well last, which the node has still.
 */
final class ImageFollower {
    private static final Logger LOG = System.getLogger(ImageFollower.class.getName());
    /** Later than that in its turn nobody begins: the next replica's comes. */
    private static final Duration PUNCTUAL = Duration.ofMinutes(10);
    /** So long a new image must be well before the one before is given up. */
    private static final Duration HOLDING = Duration.ofSeconds(30);

    private final ContainerRuntime runtime;
    private final History<FollowedImage> history;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final ZoneId zone;
    private final JobTimer timer;
    private final Map<Owned, Trial> trials = new ConcurrentHashMap<>();
    private final Map<Owned, String> unanswered = new ConcurrentHashMap<>();

    /** How a container is, to whoever judges its image. */
    enum Wellness {
        /** It runs, and answers its probe where it has one. */
        WELL,
        /** Not yet, or not any more. */
        NOT_WELL,
        /** It had all the time that it may take. */
        HOPELESS
    }

    /**
     * How a container is.
     *
     * @param restarts how often its process ended by itself so far
     */
    record Condition(Wellness wellness, int restarts) {}

    /** A container whose image is tried, in nanoseconds of a clock that never jumps: it has all its time anew when the agent begins again. */
    private record Trial(long began, Optional<Long> wellSince, int restarts) {
        static Trial begun(long now) {
            return new Trial(now, Optional.empty(), Integer.MAX_VALUE);
        }

        Trial seeing(Condition condition, long now) {
            boolean isWell = condition.wellness() == Wellness.WELL && condition.restarts() <= restarts;
            return new Trial(
                    began, isWell ? wellSince.or(() -> Optional.of(now)) : Optional.empty(), condition.restarts());
        }
    }

    /**
     * @param zone of the node's clocks
     */
    ImageFollower(
            ContainerRuntime runtime,
            History<FollowedImage> history,
            InstantSource clock,
            LongSupplier nanoTime,
            ZoneId zone,
            JobTimer timer) {
        this.runtime = runtime;
        this.history = history;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.zone = zone;
        this.timer = timer;
    }

    /** A container with the image that it is to run now. */
    Container running(Owned owned, Container declared) {
        return history.of(owned)
                .filter(known -> known.declared().equals(declared.image()))
                .map(known -> known.running(declared))
                .orElse(declared);
    }

    /** Whether it is to be found out just now whether a container is well with another image. */
    boolean isTrying(Owned owned) {
        return history.of(owned).flatMap(FollowedImage::tried).isPresent();
    }

    /** For people: what came of it the last time; by container. */
    Function<ResourceId, Optional<String>> news(DeploymentName deployment) {
        Map<ResourceId, FollowedImage> known = history.of(deployment);
        return id -> {
            String words = Stream.of(
                            Optional.ofNullable(known.get(id)).flatMap(FollowedImage::words),
                            Optional.ofNullable(unanswered.get(new Owned(deployment, id))))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining("; "));
            return Optional.of(words).filter(text -> !text.isEmpty());
        };
    }

    /** Forgets what a container follows. */
    void forget(Owned owned) {
        trials.remove(owned);
        unanswered.remove(owned);
        history.forget(owned);
    }

    /**
     * Makes a container run with the image that its tag names now, when it is time to look, and else with what was well last.
     *
     * @param condition how it is
     * @param secrets asked for its login at the registry
     * @param converging makes a container so
     */
    Outcome converge(
            Owned owned,
            Container declared,
            Supplier<Condition> condition,
            SecretValues secrets,
            Function<Container, Outcome> converging) {
        Optional<FollowedImage> kept = history.of(owned);
        if (kept.isEmpty() && declared.pull().updates().isEmpty()) {
            return converging.apply(declared);
        }
        FollowedImage before = kept.map(known -> known.following(declared.image(), now()))
                .orElseGet(() -> FollowedImage.declared(declared.image(), now()));
        FollowedImage next = before.tried().isPresent()
                ? judged(owned, before, declared, condition.get())
                : looked(owned, before, declared, secrets);
        if (!kept.equals(Optional.of(next))) {
            history.keep(owned, next);
        }
        Outcome outcome = converging.apply(next.running(declared));
        boolean isAtFault = outcome instanceof Outcome.Failed
                && next.tried().isPresent()
                && !Thread.currentThread().isInterrupted();
        Outcome last = isAtFault ? goBack(owned, next, declared, (Outcome.Failed) outcome, converging) : outcome;
        wake(owned, declared);
        return last;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private FollowedImage looked(Owned owned, FollowedImage known, Container declared, SecretValues secrets) {
        Optional<Instant> due = due(known, declared);
        Instant now = now();
        if (due.isEmpty() || due.get().isAfter(now)) {
            return known;
        }
        if (isLate(due.get(), now)) {
            LOG.log(
                    Level.INFO,
                    "Deployment {0}: container {1} missed its turn of {2} to follow its image; the next one is waited for",
                    owned.deployment(),
                    declared.name(),
                    due.get());
            return known.looked(now);
        }
        FollowedImage answered = switch (runtime.lookUp(declared, secrets)) {
            case ImageLookup.Unanswered(Cause cause) -> unanswered(owned, known, cause);
            case ImageLookup.Found(ImageDigest digest) -> found(owned, known, declared, digest, due.get(), secrets);
        };
        return Thread.currentThread().isInterrupted() ? known : answered.looked(now);
    }

    private Optional<Instant> due(FollowedImage known, Container declared) {
        HealthThresholds thresholds = declared.healthCheck().thresholds();
        return declared.pull().updates().flatMap(updates -> updates.after(known.since(), thresholds, zone));
    }

    private static boolean isLate(Instant due, Instant now) {
        return Duration.between(due, now).compareTo(PUNCTUAL) > 0;
    }

    private FollowedImage unanswered(Owned owned, FollowedImage known, Cause cause) {
        LOG.log(Level.WARNING, "Deployment {0}: {1}", owned.deployment(), cause);
        unanswered.put(
                owned,
                "could not follow its image at %s, and goes on with what it has: %s; %s"
                        .formatted(now(), cause.what(), cause.next()));
        return known;
    }

    private FollowedImage found(
            Owned owned,
            FollowedImage known,
            Container declared,
            ImageDigest digest,
            Instant due,
            SecretValues secrets) {
        unanswered.remove(owned);
        boolean isThere = known.lastGood()
                .map(digest::equals)
                .orElseGet(() -> runtime.digests(declared.image()).contains(digest));
        if (isThere || known.refused().equals(Optional.of(digest))) {
            return known;
        }
        Container wanted = declared.pinnedTo(digest);
        Optional<Cause> obstacle = runtime.fetch(owned.deployment(), wanted, secrets);
        if (obstacle.isPresent()) {
            return unanswered(owned, known, obstacle.get());
        }
        if (isLate(due, now())) {
            return known;
        }
        LOG.log(
                Level.INFO,
                "Deployment {0}: container {1} tries {2}, which {3} names now",
                owned.deployment(),
                declared.name(),
                digest,
                declared.image());
        trials.put(owned, Trial.begun(nanoTime.getAsLong()));
        return known.trying(digest);
    }

    private FollowedImage judged(Owned owned, FollowedImage known, Container declared, Condition condition) {
        long now = nanoTime.getAsLong();
        Trial trial = trials.getOrDefault(owned, Trial.begun(now)).seeing(condition, now);
        trials.put(owned, trial);
        if (trial.wellSince().filter(since -> now - since >= HOLDING.toNanos()).isPresent()) {
            return accepted(owned, known);
        }
        Duration time = time(declared);
        boolean isOver = trial.wellSince().isEmpty() && now - trial.began() >= time.toNanos();
        return condition.wellness() == Wellness.HOPELESS || isOver
                ? refused(owned, known, "it was not well within %d s".formatted(time.toSeconds()))
                : known;
    }

    /** How long a new image may take until it is well. */
    private static Duration time(Container declared) {
        return declared.healthCheck().thresholds().startup().plus(HOLDING);
    }

    private FollowedImage accepted(Owned owned, FollowedImage known) {
        trials.remove(owned);
        String told = "follows %s: from %s to %s at %s".formatted(known.declared(), before(known), tried(known), now());
        LOG.log(
                Level.INFO,
                "Deployment {0}: container {1} {2}",
                owned.deployment(),
                owned.resource().name(),
                told);
        return known.accepting(told);
    }

    private FollowedImage refused(Owned owned, FollowedImage known, String why) {
        trials.remove(owned);
        String told =
                "has %s still: %s names %s, which was given up at %s: %s; it is not tried again before the tag changes"
                        .formatted(before(known), known.declared(), tried(known), now(), why);
        LOG.log(
                Level.WARNING,
                "Deployment {0}: container {1} {2}",
                owned.deployment(),
                owned.resource().name(),
                told);
        return known.refusing(told);
    }

    private static String tried(FollowedImage known) {
        return known.tried().map(ImageDigest::abbreviated).orElseThrow();
    }

    private String before(FollowedImage known) {
        return known.lastGood()
                .or(() -> runtime.digests(known.declared()).stream()
                        .min((one, other) -> one.value().compareTo(other.value())))
                .map(ImageDigest::abbreviated)
                .orElse("what it had before");
    }

    /** With what was well last; that fails as well when something else is at fault, and then the tag is tried again at its next time. */
    private Outcome goBack(
            Owned owned,
            FollowedImage known,
            Container declared,
            Outcome.Failed failed,
            Function<Container, Outcome> converging) {
        FollowedImage refused = refused(owned, known, failed.cause().what());
        Outcome back = converging.apply(refused.running(declared));
        history.keep(owned, back instanceof Outcome.Failed ? known.leaving() : refused);
        return back;
    }

    /** Tells the node to look again when there is something to do. */
    private void wake(Owned owned, Container declared) {
        Optional<FollowedImage> known = history.of(owned);
        Instant now = clock.instant();
        timer.set(
                owned,
                known.flatMap(FollowedImage::tried).isPresent()
                        ? Optional.of(now.plus(left(owned, declared)))
                        : known.flatMap(one -> due(one, declared)).filter(due -> due.isAfter(now)));
    }

    private Duration left(Owned owned, Container declared) {
        long now = nanoTime.getAsLong();
        return Optional.ofNullable(trials.get(owned))
                .map(trial -> trial.wellSince()
                        .map(since -> HOLDING.minusNanos(now - since))
                        .orElseGet(() -> time(declared).minusNanos(now - trial.began())))
                .orElse(HOLDING);
    }
}
