package io.nationtech.harmony.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class MissingValuesTest {
    private static final List<String> KEYS = List.of("a", "b", "c", "d", "e");

    record FiveConfig(String a, int b, boolean c, String d, String e) {}

    enum Where {
        VARIABLE,
        FILE,
        NOWHERE
    }

    @Property(tries = 100)
    void exactlyTheKeysThatAreNowhereAreMissing(@ForAll @Size(5) List<Where> places) throws Exception {
        Path folder = Files.createTempDirectory("harmony-config");
        World world = new World(folder);
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < KEYS.size(); i++) {
            String value = KEYS.get(i).equals("b") ? "7" : "true";
            switch (places.get(i)) {
                case VARIABLE -> world.variable("HARMONY_FIVE_" + KEYS.get(i).toUpperCase(), value);
                case FILE -> file.append("five.%s = %s%n".formatted(KEYS.get(i), value));
                case NOWHERE -> {}
            }
        }
        world.file(file.toString());

        Set<String> missing = world.config().explain(List.of(Wanted.of(FiveConfig.class))).settings().stream()
                .filter(setting -> setting.state() instanceof Setting.State.Missing)
                .map(setting -> setting.key().segments().getLast())
                .collect(Collectors.toSet());

        assertEquals(
                KEYS.stream()
                        .filter(key -> places.get(KEYS.indexOf(key)) == Where.NOWHERE)
                        .collect(Collectors.toSet()),
                missing);
        Files.delete(world.file);
        Files.delete(folder);
    }
}
