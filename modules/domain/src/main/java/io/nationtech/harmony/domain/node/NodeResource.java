package io.nationtech.harmony.domain.node;

/**
 * What a node can be told to have. The set is closed and versioned, so that an old agent that meets a new kind says so instead
 * of guessing.
 */
public sealed interface NodeResource permits Container {

    /** The resource's name for people, unique on its node within a deployment. */
    String label();
}
