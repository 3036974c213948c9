package io.nationtech.harmony.hardware.source;

import io.nationtech.harmony.domain.hardware.ModelName;
import java.util.List;

/**
 * Finds one kind of hardware. It reads through the tree alone, so that it can be tested against recorded machines, and holds no
 * state. It may be asked from any thread, and is given up when a file does not answer.
 */
public interface HardwareSource {

    /** What it looks for, for people, as in {@code storage}; by the name that node-feature-discovery has for it, if it has one. */
    ModelName name();

    /** Folders whose entries come and go with what it finds, as in {@code sys/bus/usb/devices}; they may be missing. */
    List<String> watched();

    /** Whether what it finds changes by itself too; it does not, unless said. */
    default Pace pace() {
        return Pace.STEADY;
    }

    /** What is there. What it cannot read is noted in the look and stops nothing; it throws nothing. */
    List<Fact> facts(Look look);

    /** Looks at a tree. */
    default Findings detect(Tree tree) {
        Look look = new Look(name(), tree);
        return look.findings(facts(look));
    }
}
