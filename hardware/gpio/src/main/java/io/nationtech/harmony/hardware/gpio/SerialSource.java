package io.nationtech.harmony.hardware.gpio;

import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.SerialPort;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Serial ports with something behind them, but for one that is the console. */
public final class SerialSource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("serial");
    private static final String FOLDER = "sys/class/tty";

    @Override
    public ModelName name() {
        return NAME;
    }

    @Override
    public List<String> watched() {
        return List.of(FOLDER);
    }

    private static final Pattern PORT = Pattern.compile("tty(S|USB|ACM|AMA|mxc|SC|PS|O|THS|XRUSB)[0-9]{1,3}");

    @Override
    public List<Fact> facts(Look look) {
        Set<String> consoles = Set.copyOf(List.of(
                look.textIfAny("sys/class/tty/console/active").orElse("").split(" ")));
        return look.names(FOLDER).stream()
                .filter(name -> PORT.matcher(name).matches() && !consoles.contains(name))
                .filter(name -> look.exists(FOLDER + "/" + name + "/device") && isThere(look, name))
                .flatMap(name -> port(look, name).stream())
                .toList();
    }

    /** The 8250 driver makes ports on suspicion: type 0 is where it found no chip (linux/serial_core.h). */
    private static boolean isThere(Look look, String name) {
        return look.textIfAny(FOLDER + "/" + name + "/type").filter("0"::equals).isEmpty();
    }

    private static Optional<Fact> port(Look look, String name) {
        return look.value(FOLDER + "/" + name, () -> new Fact.OfDevice(new SerialPort(DevicePath.of(name))));
    }
}
