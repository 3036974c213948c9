package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.ContainerHistory.Exit;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerEventTest {
    private static final String OURS = """
            {"ContainerExitCode":3,"ID":"26fd","Image":"localhost/t:1","Name":"harmony-n1.shop.web","Status":"%s",\
            "time":1795847833,"timeNano":1795847833938009971,"Type":"container","Attributes":{"harmony.node":"n1",\
            "harmony.deployment":"shop","harmony.container":"web","io.buildah.version":"1.39.3"}}""";
    private static final UnitName WEB = new UnitName(DeploymentName.of("shop"), ContainerName.of("web"));

    @Test
    void tellsWhoseItIsAndHowItEnded() {
        assertEquals(
                Optional.of(
                        new ContainerEvent("n1", WEB, Optional.of(new Exit(3, Instant.ofEpochSecond(1_795_847_833))))),
                ContainerEvent.parse(OURS.formatted("died")));
        assertEquals(
                Optional.of(new ContainerEvent("n1", WEB, Optional.empty())),
                ContainerEvent.parse(OURS.formatted("start")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "[]",
                "null",
                "{}",
                "{\"Status\":\"died\"}",
                "{\"Status\":7,\"Attributes\":[]}",
                "{\"Status\":\"died\",\"Attributes\":{\"harmony.deployment\":\"../x\",\"harmony.container\":\"web\"}}",
                "{\"Status\":\"died\",\"Attributes\":{\"harmony.deployment\":7,\"harmony.container\":\"web\"}}"
            })
    void whatIsNotOursIsLeftOut(String line) {
        assertEquals(Optional.empty(), ContainerEvent.parse(line));
    }

    @Test
    void programsThatRunInItForAMomentChangeNothing() {
        assertEquals(Optional.empty(), ContainerEvent.parse(OURS.formatted("exec_died")));
    }

    @Test
    void deepAndLongLinesDoNoHarm() throws IOException {
        List<String> lines = new ArrayList<>();
        String deep = "[".repeat(1 << 20);
        BoundedLines.forEach(
                new ByteArrayInputStream((deep + "\nnext\nno end").getBytes(StandardCharsets.UTF_8)), lines::add);

        assertEquals(BoundedLines.LONGEST, lines.getFirst().length());
        assertEquals(List.of("next"), lines.subList(1, lines.size()));
        assertTrue(ContainerEvent.parse(lines.getFirst()).isEmpty());
    }
}
