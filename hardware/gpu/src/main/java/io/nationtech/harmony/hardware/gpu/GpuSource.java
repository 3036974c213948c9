package io.nationtech.harmony.hardware.gpu;

import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.GraphicsCard;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What has a render or accelerator node, and so can compute; a card that only shows pictures cannot. */
public final class GpuSource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("gpu");
    private static final String FOLDER = "sys/class/drm";

    @Override
    public ModelName name() {
        return NAME;
    }

    @Override
    public List<String> watched() {
        return List.of(FOLDER, ACCELERATORS);
    }

    private static final String ACCELERATORS = "sys/class/accel";

    @Override
    public List<Fact> facts(Look look) {
        Stream<String> nodes = Stream.concat(
                look.names(FOLDER).stream()
                        .filter(name -> name.startsWith("renderD"))
                        .map(name -> FOLDER + "/" + name),
                look.names(ACCELERATORS).stream()
                        .filter(name -> name.startsWith("accel"))
                        .map(name -> ACCELERATORS + "/" + name));
        return nodes.flatMap(node -> card(look, node + "/device").stream())
                .distinct() // a card may have several nodes
                .toList();
    }

    private static Optional<Fact> card(Look look, String device) {
        return look.target(device)
                .flatMap(path -> look.value(
                        device,
                        () -> new Fact.OfDevice(new GraphicsCard(
                                DevicePath.of(path), model(look, device + "/"), memory(look, device)))));
    }

    /** The amdgpu driver tells it in sysfs, others do not. */
    private static Optional<Memory> memory(Look look, String device) {
        String file = device + "/mem_info_vram_total";
        return look.number(file)
                .filter(bytes -> bytes > 0)
                .flatMap(bytes -> look.value(file, () -> Memory.ofBytes(bytes)));
    }

    private static ModelName model(Look look, String folder) {
        return look.hexadecimal(folder + "vendor")
                .flatMap(vendor -> look.hexadecimal(folder + "device").map(model -> PciNames.of(look, vendor, model)))
                .or(() -> look.textIfAny(folder + "of_node/compatible").map(names -> names.split(" ", 2)[0]))
                .map(ModelName::cleaned)
                .orElseGet(() -> ModelName.cleaned(""));
    }
}
