package io.nationtech.harmony.hardware.detection;

import io.nationtech.harmony.hardware.source.HardwareSource;
import java.util.List;
import java.util.ServiceLoader;

/** Every source that a node has. */
final class AllSources {
    private AllSources() {}

    static List<HardwareSource> list() {
        return ServiceLoader.load(HardwareSource.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
