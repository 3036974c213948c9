package io.nationtech.harmony.hardware.tpm;

import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.TpmChip;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import java.util.List;
import java.util.Optional;

/** Chips that the kernel drives; one that firmware has but no driver takes cannot be used. */
public final class TpmSource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("tpm");
    private static final String FOLDER = "sys/class/tpm";

    @Override
    public ModelName name() {
        return NAME;
    }

    @Override
    public List<String> watched() {
        return List.of(FOLDER);
    }

    @Override
    public List<Fact> facts(Look look) {
        return look.names(FOLDER).stream()
                .flatMap(name -> chip(look, name).stream())
                .toList();
    }

    private static Optional<Fact> chip(Look look, String name) {
        String file = FOLDER + "/" + name + "/tpm_version_major";
        return look.text(file).flatMap(major -> switch (major) {
            case "2" -> chip(look, name, TpmChip.Version.V2_0);
            case "1" -> chip(look, name, TpmChip.Version.V1_2);
            default -> {
                look.unread(file, "'%s' is not a TPM version".formatted(major));
                yield Optional.empty();
            }
        });
    }

    private static Optional<Fact> chip(Look look, String name, TpmChip.Version version) {
        return look.value(FOLDER + "/" + name, () -> new Fact.OfDevice(new TpmChip(DevicePath.of(name), version)));
    }
}
