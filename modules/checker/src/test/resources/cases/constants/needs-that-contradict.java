// One processor cannot be of two architectures. Kubernetes: Pending for ever, "didn't match Pod's node affinity/selector".
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64))
            .needs(Cpu.isa(InstructionSet.X86_64_V2))
            .needs(«Cpu.isa(InstructionSet.ARMV8_0)»); //! service 'web' needs what no node can have: 'processor with x86-64-v2' and 'processor with armv8.0-a' contradict each other: one processor has one architecture
    //=     .needs(Cpu.feature(CpuFeature.of("aes")));
}
