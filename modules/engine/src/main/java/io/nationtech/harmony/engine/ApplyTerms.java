package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.graph.Consent;
import java.time.Duration;

/**
 * On what terms a plan is applied.
 *
 * @param timeout how long a node may take to follow a change; an image may have to be fetched
 * @param consent what may be lost
 * @param progress told of what goes on
 * @param precedent whether a rollout may begin although one is paused, or the same was rolled back
 * @param notice so long a node that is back holds at least before others go out of service
 */
public record ApplyTerms(
        Duration timeout, Consent consent, DeployProgress progress, Precedent precedent, Duration notice) {

    /** What an earlier rollout of the deployment means, one that is paused or that rolled back the same. */
    public enum Precedent {
        /** It stands in the way. */
        HEEDED,
        /** Another begins in its place. */
        OVERRULED
    }

    /** Where what is back is noticed as it is everywhere. */
    public ApplyTerms(Duration timeout, Consent consent, DeployProgress progress, Precedent precedent) {
        this(timeout, consent, progress, precedent, Rollout.NOTICE);
    }

    /** With heed of what was before. */
    public ApplyTerms(Duration timeout, Consent consent, DeployProgress progress) {
        this(timeout, consent, progress, Precedent.HEEDED);
    }

    /** Nothing may be lost. */
    public static ApplyTerms careful(Duration timeout, DeployProgress progress) {
        return new ApplyTerms(timeout, new Consent.Nothing(), progress);
    }

    /** The same where what is back is noticed after another time: at once where nobody passes requests on. */
    public ApplyTerms noticedAfter(Duration time) {
        return new ApplyTerms(timeout, consent, progress, precedent, time);
    }
}
