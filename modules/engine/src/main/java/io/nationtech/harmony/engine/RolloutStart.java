package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.FleetReading;
import io.nationtech.harmony.fleet.NodeReading;
import io.nationtech.harmony.fleet.RolloutRefusedException;
import io.nationtech.harmony.fleet.Rollouts;
import io.nationtech.harmony.fleet.Rollouts.Found;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.rollout.KeptChange;
import io.nationtech.harmony.rollout.PlannedChange;
import io.nationtech.harmony.rollout.RolloutRecord;
import io.nationtech.harmony.rollout.RolloutRecord.Began;
import io.nationtech.harmony.rollout.RolloutRecord.Runner;
import io.nationtech.harmony.rollout.Verdict;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What is kept of a deployment's rollouts when one begins or is carried on, and what follows from that. */
final class RolloutStart {
    private static final Logger LOG = System.getLogger(RolloutStart.class.getName());

    private final Rollouts rollouts;
    private final DeploymentName deployment;
    private final Author by;
    private final InstantSource clock;
    private final Found found;
    private final Optional<RolloutCourse.Earlier> earlier;

    private RolloutStart(
            Rollouts rollouts,
            DeploymentName deployment,
            Author by,
            InstantSource clock,
            Found found,
            Optional<RolloutCourse.Earlier> earlier) {
        this.rollouts = rollouts;
        this.deployment = deployment;
        this.by = by;
        this.clock = clock;
        this.found = found;
        this.earlier = earlier;
    }

    /** What can be had of an earlier rollout; what cannot be read counts as not there, as the world is the truth. */
    static RolloutStart read(Rollouts rollouts, DeploymentName deployment, Author by, InstantSource clock) {
        Found found = rollouts.find(deployment);
        return new RolloutStart(rollouts, deployment, by, clock, found, earlier(rollouts, found));
    }

    private static Optional<RolloutCourse.Earlier> earlier(Rollouts rollouts, Found found) {
        return switch (found) {
            case Found.Nothing _ -> Optional.empty();
            case Found.Garbage(var _, Cause why) -> {
                LOG.log(Level.WARNING, "An earlier rollout counts as none: {0}", why);
                yield Optional.empty();
            }
            case Found.Kept(var _, RolloutRecord rollout) ->
                Optional.of(new RolloutCourse.Earlier(rollout, changes(rollouts, rollout)));
        };
    }

    private static List<KeptChange> changes(Rollouts rollouts, RolloutRecord rollout) {
        return switch (rollout.progress().verdict()) {
            case Verdict.Done(), Verdict.RolledBack _ -> {
                // Whoever ran it may have ended before it cleared them away.
                rollouts.forgetChanges(rollout.deployment());
                yield List.of();
            }
            case Verdict.Running(), Verdict.Stopped _ -> readable(rollouts, rollout);
            case Verdict.Paused _, Verdict.RollingBack _ -> readable(rollouts, rollout);
        };
    }

    private static List<KeptChange> readable(Rollouts rollouts, RolloutRecord rollout) {
        try {
            return rollouts.changes(rollout.deployment());
        } catch (RolloutRefusedException e) {
            LOG.log(Level.WARNING, "The changes of an earlier rollout count as none: {0}", e.why());
            return List.of();
        }
    }

    /** Whether an earlier rollout did not end. */
    boolean isLeft() {
        return earlier.map(RolloutCourse.Earlier::rollout)
                .filter(rollout -> !rollout.progress().verdict().isFinal())
                .isPresent();
    }

    /** Why a plan is not to be applied. */
    Optional<Cause> against(FleetPlan plan, ApplyTerms.Precedent precedent) {
        return switch (precedent) {
            case OVERRULED -> Optional.empty();
            case HEEDED ->
                earlier.map(RolloutCourse.Earlier::rollout)
                        .filter(_ -> !plan.isEmpty())
                        .flatMap(rollout -> against(plan, rollout));
        };
    }

    private Optional<Cause> against(FleetPlan plan, RolloutRecord rollout) {
        return switch (rollout.progress().verdict()) {
            case Verdict.Running(), Verdict.Done() -> Optional.empty();
            case Verdict.Stopped _ -> Optional.empty();
            case Verdict.Paused(Author who, var since) ->
                Optional.of(new Cause(
                        "a rollout of it is paused by %s since %s".formatted(who, since),
                        where(),
                        "`harmony rollout resume %s` lets it go on; `harmony deploy --begin-anew` takes its place"
                                .formatted(deployment)));
            case Verdict.RollingBack(Cause why) ->
                isSame(plan, rollout) ? Optional.of(wentBack("rolls back", why)) : Optional.empty();
            case Verdict.RolledBack(Cause why) ->
                isSame(plan, rollout) ? Optional.of(wentBack("was rolled back", why)) : Optional.empty();
        };
    }

    private static boolean isSame(FleetPlan plan, RolloutRecord rollout) {
        return rollout.began().target().equals(plan.target());
    }

    private Cause wentBack(String how, Cause why) {
        return new Cause(
                "just this %s: %s".formatted(how, why.what()),
                "%s, %s".formatted(where(), why.where()),
                "mend it and deploy that; `harmony deploy --begin-anew` tries the same again");
    }

    private String where() {
        return "deployment '%s'".formatted(deployment);
    }

    /** What applying the plan changes. */
    RolloutCourse course(FleetPlan plan) {
        return RolloutCourse.of(plan, earlier, clock.instant());
    }

    /**
     * Begins a rollout, in place of whichever is kept. That one is ended before anything of it is written over, so that nobody carries
     * on one with the changes of another.
     *
     * @return empty when somebody else wrote meanwhile
     */
    Optional<KeptRollout> begin(RolloutCourse course, Rollout terms, Runnable news) {
        if (course.changes().size() > RolloutRecord.MOST_NODES) {
            throw new RolloutRefusedException(new Cause(
                    "%d nodes would be changed; one rollout changes %d at most"
                            .formatted(course.changes().size(), RolloutRecord.MOST_NODES),
                    where(),
                    "split the deployment"));
        }
        Optional<Long> free = ended();
        if (free.isEmpty() || !rollouts.keep(deployment, course.changes())) {
            return Optional.empty();
        }
        return KeptRollout.write(
                rollouts,
                RolloutRecord.of(
                        deployment,
                        new Began(by, clock.instant().truncatedTo(ChronoUnit.MILLIS), course.target()),
                        terms,
                        runner(),
                        course.state()),
                free.get(),
                news);
    }

    /** The revision that may be written over. */
    private Optional<Long> ended() {
        if (!(found instanceof Found.Kept(long revision, RolloutRecord rollout)) || !isLeft()) {
            return Optional.of(found.revision());
        }
        Verdict replaced = new Verdict.Stopped(
                new Cause("another rollout began in its place", where(), "deploy again if that did not begin"));
        return rollouts.write(rollout.with(replaced), revision) instanceof Written.At(long at)
                ? Optional.of(at)
                : Optional.empty();
    }

    private Runner runner() {
        return new Runner(
                by,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                HexFormat.of().toHexDigits(UUID.randomUUID().getMostSignificantBits()));
    }

    /** Whether a rollout can be carried on by one who does not know its deployment. */
    sealed interface Takeover {

        /** It can, from there. */
        record Possible(RolloutCourse course, Rollout terms) implements Takeover {}

        /** It cannot, or need not. */
        record Refused(Cause why) implements Takeover {}
    }

    /** What carrying on the rollout comes to. */
    Takeover takeOver() {
        return switch (found) {
            case Found.Nothing _ ->
                new Takeover.Refused(
                        new Cause("it has no rollout", where(), "deploy it; there is nothing to carry on"));
            case Found.Garbage(var _, Cause why) -> new Takeover.Refused(why);
            case Found.Kept(var _, RolloutRecord rollout) ->
                switch (rollout.progress().verdict()) {
                    case Verdict.Running(), Verdict.RollingBack _ -> takeOver(rollout);
                    case Verdict.Paused paused -> new Takeover.Refused(RolloutOrders.paused(deployment, paused));
                    case Verdict.Done() ->
                        new Takeover.Refused(new Cause("its rollout is done", where(), "there is nothing to carry on"));
                    case Verdict.Stopped(Cause why) -> new Takeover.Refused(why);
                    case Verdict.RolledBack(Cause why) -> new Takeover.Refused(why);
                };
        };
    }

    private Takeover takeOver(RolloutRecord rollout) {
        List<KeptChange> changes = rollouts.changes(deployment);
        Set<NodeId> planned = changes.stream()
                .map(KeptChange::planned)
                .map(PlannedChange::node)
                .collect(Collectors.toSet());
        if (!planned.containsAll(rollout.progress().nodes().keySet())) {
            return new Takeover.Refused(new Cause(
                    "what its rollout changes is not kept in whole", where(), "deploy again, which begins another"));
        }
        return new Takeover.Possible(
                new RolloutCourse(rollout.began().target(), changes, rollout.state(planned), Set.of()),
                rollout.terms());
    }

    /** Why a rollout cannot go on among nodes as they are. */
    Optional<Cause> unfit(RolloutCourse course, FleetReading reading) {
        return course.changes().stream()
                .flatMap(change ->
                        unfit(
                                change,
                                Optional.ofNullable(
                                        reading.nodes().get(change.planned().node())))
                                .stream())
                .findFirst();
    }

    private Optional<Cause> unfit(KeptChange change, Optional<NodeReading> node) {
        if (node.isEmpty()) {
            return Optional.of(new Cause(
                    "node '%s', which its rollout changes, is not registered any more"
                            .formatted(change.planned().node()),
                    where(),
                    "deploy again, which places it anew"));
        }
        NodeStatus status = node.get().status();
        Collection<NodeSpec> known = List.of(new NodeSpec(change.before()), new NodeSpec(change.after()));
        NodeSpec told = Optional.ofNullable(status.desired().get(deployment))
                .map(one -> new NodeSpec(one.value().resources()))
                .orElse(NodeSpec.NOTHING);
        return known.contains(told) && !node.get().unreadable().contains(deployment)
                ? Optional.empty()
                : Optional.of(new Cause(
                        "node '%s' is told something that is not of its rollout"
                                .formatted(status.info().id()),
                        where(),
                        "find out who told it that; then deploy again, which begins another rollout"));
    }

    /** Writes whoever carries it on into the rollout, if nobody else was faster. */
    Optional<KeptRollout> takenOver(Runnable news) {
        return found instanceof Found.Kept(long revision, RolloutRecord rollout)
                ? KeptRollout.write(rollouts, rollout.with(runner()), revision, news)
                : Optional.empty();
    }
}
