package io.nationtech.harmony.hardware.power;

import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.PowerSource;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import io.nationtech.harmony.hardware.source.Pace;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the node runs on. Most boards and desktops have nothing that tells. */
public final class PowerSupplySource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("power");
    private static final String FOLDER = "sys/class/power_supply";

    @Override
    public ModelName name() {
        return NAME;
    }

    @Override
    public List<String> watched() {
        return List.of(FOLDER);
    }

    @Override
    public Pace pace() {
        return Pace.MOVING;
    }

    private static final Set<String> LINES = Set.of("Mains", "USB", "Wireless");
    private static final Set<String> STORES = Set.of("Battery", "UPS");

    @Override
    public List<Fact> facts(Look look) {
        List<String> supplies = look.names(FOLDER).stream()
                .map(name -> FOLDER + "/" + name + "/")
                // the battery of a mouse powers no node
                .filter(folder -> look.textIfAny(folder + "scope")
                        .filter("Device"::equals)
                        .isEmpty())
                .toList();
        boolean onLine = supplies.stream()
                .anyMatch(folder -> isOf(look, folder, LINES)
                        && look.textIfAny(folder + "online").filter("1"::equals).isPresent());
        Optional<PowerSource> stored = supplies.stream()
                .filter(folder -> isOf(look, folder, STORES))
                .findFirst()
                .flatMap(folder -> stored(look, folder));
        return stored
                .or(() -> onLine ? Optional.of(new PowerSource.Mains()) : Optional.empty())
                .<Fact>map(Fact.OfPower::new)
                .stream()
                .toList();
    }

    private static boolean isOf(Look look, String folder, Set<String> types) {
        return look.textIfAny(folder + "type").filter(types::contains).isPresent();
    }

    private static Optional<PowerSource> stored(Look look, String folder) {
        boolean isUsed =
                look.textIfAny(folder + "status").filter("Discharging"::equals).isPresent();
        return look.number(folder + "capacity")
                .flatMap(percent -> look.value(folder + "capacity", () -> {
                    int full = Math.toIntExact(Math.clamp(percent, Integer.MIN_VALUE, Integer.MAX_VALUE));
                    return isUsed ? new PowerSource.Battery(full) : new PowerSource.BackedMains(full);
                }));
    }
}
