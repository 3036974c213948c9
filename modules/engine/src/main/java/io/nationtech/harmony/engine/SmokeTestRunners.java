package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.SmokeTest;
import io.nationtech.harmony.domain.spi.SmokeTestRunner;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Finds runners where the test is from: in its module's layer and those below, or on its class path. */
final class SmokeTestRunners {
    private SmokeTestRunners() {}

    /** The runners of the test's type; one, where all is well. */
    static List<SmokeTestRunner<?>> of(SmokeTest test) {
        return all(test.getClass())
                .filter(runner -> runner.type().equals(test.getClass()))
                .toList();
    }

    private static Stream<SmokeTestRunner<?>> all(Class<?> test) {
        ModuleLayer layer = test.getModule().getLayer();
        @SuppressWarnings("rawtypes")
        ServiceLoader<SmokeTestRunner> found = layer == null
                ? ServiceLoader.load(SmokeTestRunner.class, test.getClassLoader())
                : ServiceLoader.load(layer, SmokeTestRunner.class);
        return found.stream().map(ServiceLoader.Provider::get);
    }
}
