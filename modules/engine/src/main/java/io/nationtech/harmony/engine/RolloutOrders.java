package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.fleet.Rollouts;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.rollout.RolloutRecord;
import io.nationtech.harmony.rollout.Verdict;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/**
 * What people want of a rollout that goes on. Whoever runs it learns of it at once. Every method throws
 * {@link io.nationtech.harmony.mesh.MeshUnavailableException} when the mesh cannot be asked.
 */
public final class RolloutOrders {
    /** Whoever runs it writes how far it is, once a second. */
    private static final int TRIES = 20;

    private final Rollouts rollouts;
    private final Author by;
    private final InstantSource clock;

    public RolloutOrders(Rollouts rollouts, Author by, InstantSource clock) {
        this.rollouts = rollouts;
        this.by = by;
        this.clock = clock;
    }

    /** What came of an order. */
    public sealed interface Result {

        /** It stands so now, and did not before. */
        record Changed(RolloutRecord now) implements Result {}

        /** It stood so before. */
        record Unchanged(RolloutRecord now) implements Result {}

        /** It cannot be. */
        record Refused(Cause why) implements Result {}
    }

    /** Nothing more is begun; what is under way ends. */
    public Result pause(DeploymentName deployment) {
        return order(deployment, rollout -> switch (rollout.progress().verdict()) {
            case Verdict.Running() ->
                new Result.Changed(
                        rollout.with(new Verdict.Paused(by, clock.instant().truncatedTo(ChronoUnit.SECONDS))));
            case Verdict.Paused _ -> new Result.Unchanged(rollout);
            case Verdict.RollingBack(Cause why) ->
                new Result.Refused(new Cause(
                        "it rolls back, as too many nodes failed: %s".formatted(why.what()),
                        where(deployment),
                        "let it end: nodes in the middle serve nothing"));
            case Verdict.Done() -> new Result.Refused(ended(deployment, "is done"));
            case Verdict.Stopped _ -> new Result.Refused(ended(deployment, "stopped"));
            case Verdict.RolledBack _ -> new Result.Refused(ended(deployment, "was rolled back"));
        });
    }

    /** It goes on, by whoever runs it. */
    public Result resume(DeploymentName deployment) {
        return order(deployment, rollout -> switch (rollout.progress().verdict()) {
            case Verdict.Paused _ -> new Result.Changed(rollout.with(new Verdict.Running()));
            case Verdict.Running(), Verdict.RollingBack _ -> new Result.Unchanged(rollout);
            case Verdict.Done() -> new Result.Refused(ended(deployment, "is done"));
            case Verdict.Stopped _ -> new Result.Refused(ended(deployment, "stopped"));
            case Verdict.RolledBack _ -> new Result.Refused(ended(deployment, "was rolled back"));
        });
    }

    private Result order(DeploymentName deployment, Function<RolloutRecord, Result> order) {
        for (int tried = 0; tried < TRIES; tried++) {
            Optional<Versioned<RolloutRecord>> found = rollouts.of(deployment);
            if (found.isEmpty()) {
                return new Result.Refused(none(deployment));
            }
            Result result = order.apply(found.get().value());
            if (!(result instanceof Result.Changed(RolloutRecord now))
                    || rollouts.write(now, found.get().revision()) instanceof Written.At) {
                return result;
            }
        }
        return new Result.Refused(new Cause(
                "whoever runs it wrote it %d times meanwhile".formatted(TRIES), where(deployment), "try again"));
    }

    /** That a deployment has no rollout. */
    public static Cause none(DeploymentName deployment) {
        return new Cause(
                "no rollout of it is kept",
                where(deployment),
                "`harmony status` lists the deployments; a deploy begins one");
    }

    /** That a rollout does not go on, as somebody has it pause. */
    public static Cause paused(DeploymentName deployment, Verdict.Paused paused) {
        return new Cause(
                "the rollout is paused by %s since %s".formatted(paused.by(), paused.since()),
                where(deployment),
                "`harmony rollout resume %s` lets it go on".formatted(deployment));
    }

    private static Cause ended(DeploymentName deployment, String how) {
        return new Cause(
                "its rollout %s".formatted(how),
                where(deployment),
                "`harmony rollout status %s` says more; `harmony deploy` begins another".formatted(deployment));
    }

    private static String where(DeploymentName deployment) {
        return "deployment '%s'".formatted(deployment);
    }
}
