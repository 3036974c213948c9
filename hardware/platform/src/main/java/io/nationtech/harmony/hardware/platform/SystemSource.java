package io.nationtech.harmony.hardware.platform;

import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.Platform;
import io.nationtech.harmony.domain.hardware.Virtualisation;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import java.util.List;

/** What stands below the work; node-feature-discovery's word for it is system. */
public final class SystemSource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("system");

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
        Platform platform = new Platform(
                Board.model(look),
                Board.machine(look),
                look.exists("dev/kvm") ? Virtualisation.OFFERED : Virtualisation.NOT_OFFERED,
                Firmware.secureBoot(look),
                Release.system(look));
        return List.of(new Fact.OfPlatform(platform));
    }
}
