package io.nationtech.harmony.hardware.power;

import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.ThermalZone;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import io.nationtech.harmony.hardware.source.Pace;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Temperatures: the kernel's thermal zones, and processors and disks that only hwmon tells of. */
public final class ThermalSource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("thermal");
    private static final String FOLDER = "sys/class/thermal";

    @Override
    public ModelName name() {
        return NAME;
    }

    @Override
    public List<String> watched() {
        return List.of(FOLDER, MONITORS);
    }

    @Override
    public Pace pace() {
        return Pace.MOVING;
    }

    private static final String MONITORS = "sys/class/hwmon";
    private static final Set<String> WORTH_TELLING =
            Set.of("k10temp", "zenpower", "coretemp", "nvme", "amdgpu", "drivetemp");
    private static final int MILLI = 1_000;

    @Override
    public List<Fact> facts(Look look) {
        List<String> zones = look.names(FOLDER).stream()
                .filter(name -> name.startsWith("thermal_zone"))
                .toList();
        Set<String> kinds = zones.stream()
                .flatMap(name -> look.textIfAny(FOLDER + "/" + name + "/type").stream())
                .collect(Collectors.toSet());
        Stream<Fact> ofZones = zones.stream()
                .flatMap(name -> zone(look, name, FOLDER + "/" + name + "/type", FOLDER + "/" + name + "/temp"));
        Stream<Fact> ofMonitors = look.names(MONITORS).stream()
                .filter(name -> look.textIfAny(MONITORS + "/" + name + "/name")
                        .filter(kind -> WORTH_TELLING.contains(kind) && !kinds.contains(kind))
                        .isPresent())
                .flatMap(name ->
                        zone(look, name, MONITORS + "/" + name + "/name", MONITORS + "/" + name + "/temp1_input"));
        return Stream.concat(ofZones, ofMonitors).toList();
    }

    /** A zone that is switched off refuses to be read. */
    private static Stream<Fact> zone(Look look, String name, String kind, String temperature) {
        return look
                .textIfAny(temperature)
                .flatMap(text -> look.value(
                        temperature,
                        () -> new Fact.OfTemperature(new ThermalZone(
                                DevicePath.of(name),
                                ModelName.cleaned(look.textIfAny(kind).orElse("")),
                                Math.toIntExact(Math.clamp(
                                        Math.round((double) Long.parseLong(text) / MILLI), -1_000, 1_000))))))
                .map(Fact.class::cast)
                .stream();
    }
}
