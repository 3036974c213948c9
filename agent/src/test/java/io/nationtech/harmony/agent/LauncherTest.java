package io.nationtech.harmony.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the agent on a node, around this Java. */
class LauncherTest {
    @TempDir
    private Path home;

    @Test
    void whatIsNotAsciiIsWrittenAsItIsAlsoWithoutALocale() throws Exception {
        Path launcher = Files.copy(
                Path.of("harmony-agent"),
                Files.createDirectory(home.resolve("bin")).resolve("harmony-agent"));
        Files.createSymbolicLink(home.resolve("bin/java"), Path.of(System.getProperty("java.home"), "bin", "java"));

        try (RunningAgent agent = new RunningAgent(List.of(launcher.toString()), environment())) {
            agent.await("no mesh answers");
            agent.await("→");
        }
    }

    private Map<String, String> environment() throws IOException {
        return Map.of(
                "LC_ALL", "C",
                "HARMONY_NODE", "t-launched",
                "HARMONY_SITE", "home",
                "HARMONY_MESH", "nats://127.0.0.1:1",
                "HARMONY_STATE", Files.createDirectory(home.resolve("state")).toString(),
                "HARMONY_JVM_OPTIONS", "--module-path " + System.getProperty("jdk.module.path"));
    }
}
