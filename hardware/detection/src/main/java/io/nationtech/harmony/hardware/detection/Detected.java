package io.nationtech.harmony.hardware.detection;

import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.Unread;
import java.util.List;

/**
 * What all sources together found.
 *
 * @param unread what they could not read, at most 256
 */
public record Detected(Hardware hardware, List<Unread> unread) {
    public Detected {
        unread = List.copyOf(unread);
    }
}
