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

    /** Whether what it finds changes by itself too. */
    Pace pace();

    /** Looks. What it cannot read is told and stops nothing; it throws nothing. */
    Findings detect(Tree tree);
}
