package io.nationtech.harmony.hardware.cpu;

import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import java.util.List;
import java.util.Optional;

/** The processor. Processors of unlike cores are told by their first one's kind. */
public final class CpuSource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("cpu");
    private static final String CPUINFO = "proc/cpuinfo";
    /** About 1.5 KB for each of 2,000 logical processors. */
    private static final int MOST_BYTES = 3 << 20;

    @Override
    public ModelName name() {
        return NAME;
    }

    @Override
    public List<String> watched() {
        return List.of();
    }

    @Override
    public List<Fact> facts(Look look) {
        Optional<Fact> processor = look.text(CPUINFO, MOST_BYTES)
                .map(CpuInfo::parse)
                .flatMap(
                        info -> look.value(CPUINFO, () -> new Fact.OfProcessor(info.processor(CpuFolders.read(look)))));
        if (processor.isEmpty()) {
            look.unread(CPUINFO, "nothing is known of the processor");
        }
        return processor.stream().toList();
    }
}
