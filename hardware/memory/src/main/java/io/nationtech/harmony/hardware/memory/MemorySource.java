package io.nationtech.harmony.hardware.memory;

import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code MemTotal} of proc_meminfo(5): what is installed less what firmware and kernel keep. */
public final class MemorySource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("memory");
    private static final String FILE = "proc/meminfo";
    private static final Pattern TOTAL = Pattern.compile("^MemTotal: +([0-9]{1,15}) kB$", Pattern.MULTILINE);
    private static final int KIBI = 1 << 10;

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
        Optional<Fact> total = look.text(FILE)
                .map(TOTAL::matcher)
                .filter(Matcher::find)
                .flatMap(found -> look.value(
                        FILE, () -> new Fact.OfMemory(Memory.ofBytes(Long.parseLong(found.group(1)) * KIBI))));
        if (total.isEmpty()) {
            look.unread(FILE, "it does not tell MemTotal");
        }
        return total.stream().toList();
    }
}
