package io.nationtech.harmony.domain.hardware;

import java.util.Set;

/**
 * The processor of a node.
 *
 * @param features at most 1024
 */
public record Processor(InstructionSet isa, ModelName model, Set<CpuFeature> features, CpuTopology topology) {
    private static final int MOST = 1_024;

    public Processor {
        features = Set.copyOf(features);
        Bounds.atMost("processor features", features, MOST);
    }
}
