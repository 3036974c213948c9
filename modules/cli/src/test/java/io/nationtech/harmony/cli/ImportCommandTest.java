package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    @TempDir
    Path folder;

    private Path compose = Path.of("");

    @BeforeEach
    void writeComposeFile() throws IOException {
        Path shop = Files.createDirectories(folder.resolve("shop"));
        compose = Files.writeString(shop.resolve("compose.yaml"), """
                services:
                  web:
                    image: registry.example.org/web
                    ports: ["8080:80"]
                    environment: {DB_PASSWORD: hunter2-hunter2}
                    volumes: ["/mnt/nas/photos:/photos:ro"]
                    labels: {a: b}
                """);
    }

    private Typed importing(String... more) {
        String[] words = new String[more.length + 2];
        words[0] = "import";
        words[1] = compose.toString();
        System.arraycopy(more, 0, words, 2, more.length);
        return Typed.command(words);
    }

    @Test
    void writesAModuleAndTellsWhatIsLeftToDo() throws IOException {
        Path into = folder.resolve("shop-deploy");

        Typed typed = importing("--into", into.toString());

        assertEquals(0, typed.exitCode(), typed.err());
        assertTrue(typed.out().startsWith("Deployment shop, 1 service, in " + into), typed.out());
        assertTrue(typed.out().contains("compose.yaml:7  labels of 'web'"), typed.out());
        assertTrue(typed.out().contains("  harmony secret set db-password    # compose.yaml:5"), typed.out());
        assertTrue(
                typed.out().contains("  HARMONY_SHARES=nas-photos=local:/mnt/nas/photos    # compose.yaml:6"),
                typed.out());
        assertTrue(typed.out().endsWith("Next: harmony check %s%n".formatted(into)), typed.out());
        String java = Files.readString(into.resolve("src/main/java/imported/shop/Shop.java"));
        assertTrue(java.contains("@Allow(rule = \"image-floats\""), java);
        assertTrue(
                Files.exists(into.resolve("pom.xml")) && Files.exists(into.resolve("src/main/java/module-info.java")));
        assertFalse((java + typed.out() + typed.err()).contains("hunter2"));
    }

    @Test
    void answersProgramsInJson() {
        Typed typed = importing("--into", folder.resolve("shop-deploy").toString(), "--name", "photos", "-o", "json");

        assertEquals(0, typed.exitCode(), typed.err());
        String json = typed.out().replaceAll("\\s", "");
        assertTrue(json.startsWith("{\"result\":\"imported\",\"deployment\":\"photos\",\"services\":1,"), json);
        assertTrue(json.contains("\"secrets\":[{\"name\":\"db-password\",\"at\":\"compose.yaml:5\"}]"), json);
        assertTrue(
                json.contains(
                        "\"shares\":[{\"name\":\"nas-photos\",\"folder\":\"/mnt/nas/photos\",\"at\":\"compose.yaml:6\"}]"),
                json);
    }

    @Test
    void writesOverNothing() throws IOException {
        Path into = Files.createDirectories(folder.resolve("mine"));

        Typed typed = importing("--into", into.toString());

        assertEquals(1, typed.exitCode());
        assertTrue(typed.err().contains("there is something already (" + into + ")"), typed.err());
        try (var files = Files.list(into)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void tellsEveryReasonWithItsLineAndWritesNothing() throws IOException {
        Files.writeString(
                compose, "services:\n  web:\n    image: x.example.org/web:1\n    gpus: all\n    user: www-data\n");
        Path into = folder.resolve("shop-deploy");

        Typed typed = importing("--into", into.toString());
        Typed json = importing("--into", into.toString(), "-o", "json");

        assertEquals(1, typed.exitCode());
        assertEquals("", typed.out());
        assertTrue(typed.err().contains("gpus (compose.yaml:4)"), typed.err());
        assertTrue(typed.err().contains("user 'www-data' of service 'web' is no number (compose.yaml:5)"), typed.err());
        assertEquals(1, json.exitCode());
        assertTrue(
                json.out().replaceAll("\\s", "").startsWith("{\"result\":\"refused\",\"causes\":[{\"what\":"),
                json.out());
        assertFalse(Files.exists(into));
    }

    @Test
    void refusesWhatIsNoFileAndANameThatIsNone() {
        Typed none = Typed.command("import", folder.resolve("nothing.yaml").toString());
        Typed name = importing("--name", "Not_A_Name");

        assertEquals(1, none.exitCode());
        assertTrue(none.err().contains("there is no file"), none.err());
        assertEquals(2, name.exitCode());
        assertTrue(name.err().contains("Not_A_Name"), name.err());
    }
}
