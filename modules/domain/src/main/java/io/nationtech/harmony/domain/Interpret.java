package io.nationtech.harmony.domain;

import java.util.List;

/**
 * How a deployment becomes true. Planning and applying are apart: {@link #plan} reads and says what would change,
 * {@link #apply} makes it so. Applying a plan of a world that is as declared changes nothing.
 *
 * @param <P> a plan, which is good for the world that it was made for
 */
public interface Interpret<P> {

    /** Reads the world and says what would change; writes nothing. */
    Planning<P> plan(Deployment<?> deployment, Inventory inventory) throws InterruptedException;

    /** Makes the world as planned and reads back whether it followed; says why where it did not. */
    List<Cause> apply(P plan) throws InterruptedException;
}
