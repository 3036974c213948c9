package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.project.NewProject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewProjectDeployTest {
    @TempDir
    private Path folder;

    @Test
    void aNewProjectIsDeployedAsItIs() throws IOException {
        SortedMap<String, String> texts =
                new NewProject(DeploymentName.of("my-lab"), "1").files().texts();
        int port = QuickLab.freePort();
        Path classes = new Workshop(folder.resolve("project"))
                .compile(
                        "my_lab",
                        texts.get("src/main/java/module-info.java"),
                        Map.of(
                                "my_lab/MyLab.java",
                                texts.get("src/main/java/my_lab/MyLab.java").replace("8080", Integer.toString(port))));
        Path jar = Workshop.jar(classes, folder.resolve("my-lab.jar"));

        try (QuickLab lab = QuickLab.begin(folder.resolve("lab"))) {
            lab.images.serve(ImageReference.of("docker.io/traefik/whoami:v1.11.0"), "Hostname: hello");
            Typed deploy = lab.typed("deploy", jar.toString());

            assertEquals(0, deploy.exitCode(), deploy.err());
            assertTrue(deploy.out().contains("my-lab deployed"), deploy.out());
        }
    }
}
