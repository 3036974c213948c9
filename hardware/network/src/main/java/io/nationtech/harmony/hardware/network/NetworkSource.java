package io.nationtech.harmony.hardware.network;

import io.nationtech.harmony.domain.hardware.Bandwidth;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.NetworkLink;
import io.nationtech.harmony.domain.hardware.NetworkLink.State;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import io.nationtech.harmony.hardware.source.Pace;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Interfaces with a device behind them: those that software makes, as for each container, are nobody's hardware. */
public final class NetworkSource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("network");
    private static final String FOLDER = "sys/class/net";
    private static final Set<String> OF_VIRTUAL_MACHINES = Set.of("virtio", "vmbus", "xen");
    private static final int LONGEST = 64;

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

    @Override
    public List<Fact> facts(Look look) {
        return look.names(FOLDER).stream()
                .filter(name -> look.exists(FOLDER + "/" + name + "/device"))
                .flatMap(name -> link(look, name, FOLDER + "/" + name + "/").stream())
                .toList();
    }

    private static Optional<Fact> link(Look look, String name, String folder) {
        State state = state(look, folder);
        Optional<Bandwidth> speed = state == State.UP ? speed(look, folder) : Optional.empty();
        return look.value(
                FOLDER + "/" + name.substring(0, Math.min(LONGEST, name.length())),
                () -> new Fact.OfDevice(new NetworkLink(DevicePath.of(name), type(look, folder), state, speed)));
    }

    private static NetworkLink.Type type(Look look, String folder) {
        String uevent = look.textIfAny(folder + "uevent").orElse("");
        if (uevent.contains("DEVTYPE=wlan") || look.exists(folder + "phy80211")) {
            return NetworkLink.Type.WIRELESS;
        }
        if (uevent.contains("DEVTYPE=wwan")) {
            return NetworkLink.Type.CELLULAR;
        }
        return look.target(folder + "device/subsystem")
                        .filter(OF_VIRTUAL_MACHINES::contains)
                        .isPresent()
                ? NetworkLink.Type.VIRTUAL
                : NetworkLink.Type.ETHERNET;
    }

    /** Drivers that cannot tell say {@code unknown}; then the carrier decides, which an interface that is down refuses to tell. */
    private static State state(Look look, String folder) {
        return switch (look.textIfAny(folder + "operstate").orElse("unknown")) {
            case "up" -> State.UP;
            case "unknown" ->
                look.textIfAny(folder + "carrier").filter("1"::equals).isPresent() ? State.UP : State.DOWN;
            default -> State.DOWN;
        };
    }

    /** In Mbit/s; −1 where a driver does not know. */
    private static Optional<Bandwidth> speed(Look look, String folder) {
        return look.textIfAny(folder + "speed")
                .flatMap(text -> look.value(folder + "speed", () -> Long.parseLong(text)))
                .filter(megabits -> megabits > 0)
                .flatMap(megabits -> look.value(folder + "speed", () -> Bandwidth.megabits(megabits)));
    }
}
