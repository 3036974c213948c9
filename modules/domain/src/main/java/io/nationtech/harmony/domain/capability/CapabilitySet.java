package io.nationtech.harmony.domain.capability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface as a capability set of which the compiler makes the sets of higher-order topologies, beside it and as
 * visible as it. Of {@code HomeLab}:
 *
 * <ul>
 *   <li>{@code HomeLabFailover}, with what can be failed over ({@link FailsOver}),
 *   <li>{@code HomeLabReplicated}, with what can be had twice ({@link Replicates}),
 *   <li>{@code HomeLabFailoverReplicated}, with what can be both, for a topology that is both.
 * </ul>
 *
 * Each has factories for the topology, which take any two topologies that have what is in the set, also different ones. A set
 * without capabilities is not made.
 */
@Documented
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface CapabilitySet {}
