package io.nationtech.harmony.engine;

import io.nationtech.harmony.graph.Consent;
import java.time.Duration;

/**
 * On what terms a plan is applied.
 *
 * @param timeout how long a node may take to follow a change; an image may have to be fetched
 * @param consent what may be lost
 * @param progress told of what goes on
 */
public record ApplyTerms(Duration timeout, Consent consent, DeployProgress progress) {

    /** Nothing may be lost. */
    public static ApplyTerms careful(Duration timeout, DeployProgress progress) {
        return new ApplyTerms(timeout, new Consent.Nothing(), progress);
    }
}
