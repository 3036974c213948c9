package io.nationtech.harmony.domain.hardware;

/** A kind of node that a topology says it has: the least hardware that such a node comes with. */
public record NodeClass(NodeClassName name, Hardware hardware) {}
