package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.rollout.Rollout.Pace;
import io.nationtech.harmony.domain.value.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of what a node was told of a deployment it keeps: the newest, or again what it last had whole, as the newest had its time. Moments
 * are nanoseconds of a clock that only goes forward.
 */
sealed interface KeptState {

    /** What was told last, of what can be followed. */
    Versioned<DesiredState> newest();

    /** What the node had whole last; {@link #nothing} when it never had anything. */
    Versioned<DesiredState> lastGood();

    /** What is to be there now. */
    Versioned<DesiredState> current();

    /** The newest is there, or was. From now on the node goes on trying to have it. */
    record Good(Versioned<DesiredState> newest) implements KeptState {
        @Override
        public Versioned<DesiredState> lastGood() {
            return newest;
        }

        @Override
        public Versioned<DesiredState> current() {
            return newest;
        }
    }

    /**
     * The newest is being tried.
     *
     * @param since when that began
     * @param wholeSince since when it is all there without a break
     */
    record Tried(
            Versioned<DesiredState> newest, Versioned<DesiredState> lastGood, long since, Optional<Long> wholeSince)
            implements KeptState {
        @Override
        public Versioned<DesiredState> current() {
            return newest;
        }
    }

    /** The newest had its time, and the node has what it had before it, until it is told anything newer. */
    record RolledBack(Versioned<DesiredState> newest, Versioned<DesiredState> lastGood, Cause why)
            implements KeptState {
        @Override
        public Versioned<DesiredState> current() {
            return lastGood;
        }
    }

    /** How what is current was found. */
    sealed interface Sight {

        /** All of it is there, as it should be, and nothing else. */
        record Whole() implements Sight {}

        /**
         * It is not.
         *
         * @param what what is amiss, for people
         */
        record Amiss(String what) implements Sight {}

        /**
         * What was found, against what is wanted.
         *
         * @param failure why it could not be made, or not be looked at
         */
        static Sight of(DesiredState wanted, Optional<Cause> failure, List<ResourceStatus> found) {
            Set<ResourceId> ids = ids(wanted.resources());
            Set<ResourceId> there = found.stream().map(ResourceStatus::id).collect(Collectors.toSet());
            List<String> amiss = Stream.of(
                            failure.stream().map(Cause::what),
                            ids.stream()
                                    .filter(id -> !there.contains(id))
                                    .sorted()
                                    .map("%s is not there"::formatted),
                            there.stream()
                                    .filter(id -> !ids.contains(id))
                                    .sorted()
                                    .map("%s is still there"::formatted),
                            found.stream()
                                    .filter(status -> ids.contains(status.id()) && !status.isAsWanted())
                                    .map(ResourceStatus::words))
                    .flatMap(Function.identity())
                    .toList();
            return amiss.isEmpty() ? new Whole() : new Amiss(String.join(", ", amiss));
        }
    }

    /** Of a node that never had anything of the deployment. */
    static Versioned<DesiredState> nothing(DesiredState told) {
        return new Versioned<>(0, DesiredState.withdrawn(told.node(), told.deployment()));
    }

    /** As it was found on disk: what was being tried has all its time again, as nobody knows for how long the node was off. */
    static KeptState found(
            Versioned<DesiredState> newest,
            Optional<Versioned<DesiredState>> lastGood,
            Optional<Versioned<Cause>> rollback,
            long now) {
        if (lastGood.isEmpty() || lastGood.get().equals(newest)) {
            return new Good(newest);
        }
        return rollback.filter(from -> from.revision() == newest.revision())
                .<KeptState>map(from -> new RolledBack(newest, lastGood.get(), from.value()))
                .orElseGet(() -> new Tried(newest, lastGood.get(), now, Optional.empty()));
    }

    /** The node follows this from now on; from what it followed before, there is what it had whole last. */
    static KeptState told(Versioned<DesiredState> newest, Optional<KeptState> before, long now) {
        return new Tried(
                newest,
                before.map(KeptState::lastGood).orElseGet(() -> nothing(newest.value())),
                now,
                Optional.empty());
    }

    /** What becomes of it, as it was found just now. */
    default KeptState seen(Sight sight, long now) {
        return switch (this) {
            case Good _, RolledBack _ -> this;
            case Tried tried ->
                switch (sight) {
                    case Sight.Whole() -> held(tried, now);
                    case Sight.Amiss(String what) -> late(tried, what, now);
                };
        };
    }

    private static KeptState held(Tried tried, long now) {
        long since = tried.wholeSince().orElse(now);
        return now - since >= minHealthy(tried).toNanos()
                ? new Good(tried.newest())
                : new Tried(tried.newest(), tried.lastGood(), tried.since(), Optional.of(since));
    }

    private static KeptState late(Tried tried, String what, long now) {
        return deadline(tried)
                .filter(deadline -> now - tried.since() >= deadline.toNanos())
                .<KeptState>map(
                        deadline -> new RolledBack(tried.newest(), tried.lastGood(), why(tried, deadline, what)))
                .orElseGet(() -> new Tried(tried.newest(), tried.lastGood(), tried.since(), Optional.empty()));
    }

    /** How long from now on something is decided by the mere passing of time. */
    default Optional<Duration> untilDecided(long now) {
        return switch (this) {
            case Good _, RolledBack _ -> Optional.empty();
            case Tried tried ->
                tried.wholeSince()
                        .map(since -> minHealthy(tried).minusNanos(now - since))
                        .or(() -> deadline(tried).map(deadline -> deadline.minusNanos(now - tried.since())));
        };
    }

    private static Duration minHealthy(Tried tried) {
        return tried.newest().value().rollback().map(Pace::minHealthy).orElse(Duration.ZERO);
    }

    /** Empty when there is no way back. */
    private static Optional<Duration> deadline(Tried tried) {
        DesiredState newest = tried.newest().value();
        return newest.rollback()
                .filter(_ ->
                        isWayBack(newest.resources(), tried.lastGood().value().resources()))
                .map(Pace::deadline);
    }

    /** What the newest takes from the node never comes back by itself: it may run elsewhere by now, and must not run twice. */
    private static boolean isWayBack(List<NodeResource> newest, List<NodeResource> lastGood) {
        return !lastGood.isEmpty() && !lastGood.equals(newest) && ids(newest).containsAll(ids(lastGood));
    }

    private static Set<ResourceId> ids(List<NodeResource> resources) {
        return resources.stream().map(NodeResource::id).collect(Collectors.toSet());
    }

    private static Cause why(Tried tried, Duration deadline, String what) {
        DesiredState newest = tried.newest().value();
        return new Cause(
                "returned to revision %d, because revision %d was not as declared within %d s: %s"
                        .formatted(tried.lastGood().revision(), tried.newest().revision(), deadline.toSeconds(), what),
                "node %s, deployment %s".formatted(newest.node(), newest.deployment()),
                "mend it and deploy again; told the same once more, the node tries it again");
    }
}
