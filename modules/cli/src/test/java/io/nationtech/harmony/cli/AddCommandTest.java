package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddCommandTest {
    @TempDir
    Path folder;

    private Typed added(String... arguments) {
        Path lab = folder.resolve("my-lab");
        if (!Files.exists(lab)) {
            assertEquals(
                    0, Typed.command("new", "my-lab", "--into", lab.toString()).exitCode());
        }
        String[] all = new String[arguments.length + 3];
        all[0] = "add";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--project";
        all[arguments.length + 2] = lab.toString();
        return Typed.command(all);
    }

    @Test
    void tellsWhatItWroteAndWhatIsLeftToDo() {
        Typed typed = added("jellyfin");

        assertEquals(0, typed.exitCode(), typed.err());
        assertEquals("""
                Deployment jellyfin, in %1$s/my-lab/modules/jellyfin
                  pom.xml
                  src/main/java/module-info.java
                  src/main/java/my_lab/jellyfin/Jellyfin.java

                Folders in the settings of a node, HARMONY_SHARES:
                  media=mount:/mnt/nas:media  # Films and music, which are only read.

                Yours to decide:
                  Jellyfin.java:57  without a GPU, leave this out; with one, choose it in Dashboard, Playback, Transcoding
                  Jellyfin.java:61  whose the films on the NAS are

                Next: harmony check %1$s/my-lab/modules/jellyfin
                """.formatted(folder), typed.out());
    }

    @Test
    void namesTheSecretsThatAreToBeSet() {
        Typed typed = added("mosquitto");

        assertTrue(
                typed.out()
                        .contains(
                                "  harmony secret set mosquitto-passwords  # Who may enter, a line for each, as mosquitto_passwd(1) writes them.\n"),
                typed.out());
    }

    @Test
    void listsThem() {
        Typed plain = Typed.command("add");

        assertEquals(0, plain.exitCode(), plain.err());
        assertTrue(plain.out().startsWith("APPLICATION     WHAT IT IS\nfrigate         Cameras "), plain.out());
        assertEquals(plain.out(), Typed.command("add", "--list").out());
        assertTrue(Typed.command("add", "-o", "json")
                .out()
                .replaceAll("\\s", "")
                .startsWith("{\"applications\":[{\"name\":\"frigate\",\"line\":\"Cameras"));
    }

    @Test
    void answersProgramsInJson() {
        String said = added("frigate", "-o", "json").out().replaceAll("\\s", "");

        assertTrue(said.startsWith("{\"result\":\"added\",\"deployments\":[{\"deployment\":\"frigate\""), said);
        assertTrue(said.contains("{\"deployment\":\"mosquitto\""), said);
        assertTrue(said.contains("{\"name\":\"recordings\",\"purpose\":"), said);
    }

    @Test
    void refusesWhatItDoesNotKnowByName() {
        for (String meant : new String[] {"nextclod", "NextCloud", "paperless", "pihole"}) {
            Typed typed = added(meant);

            assertEquals(2, typed.exitCode());
            assertTrue(
                    typed.err().contains("there is no application '%s'; did you mean '".formatted(meant)), typed.err());
        }
        assertTrue(added("qq").err().contains("there is no application 'qq'; `harmony add` lists them"));
        assertTrue(added("gitea", "gitea").err().contains("'gitea' is named twice"));
        assertFalse(Files.exists(folder.resolve("my-lab/modules")));
    }

    @Test
    void refusesToWriteOverAnything() {
        added("gitea");

        Typed typed = added("nextcloud", "gitea");

        assertEquals(1, typed.exitCode());
        assertTrue(typed.err().contains("there is a module 'gitea' already, which is yours"), typed.err());
        assertFalse(Files.exists(folder.resolve("my-lab/modules/nextcloud")));
    }

    @Test
    void completesTheirNames() {
        assertTrue(Typed.command("completion").out().contains("\"paperless-ngx\""));
    }
}
