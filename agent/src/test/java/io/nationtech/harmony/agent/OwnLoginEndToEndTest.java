package io.nationtech.harmony.agent;

import static io.nationtech.harmony.agent.CommandLineProcess.assertSaid;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.NodeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that was given a login of a day, as on a stick, every part a process of its own, over a real server with TLS and logins. */
class OwnLoginEndToEndTest {
    @TempDir
    private Path folder;

    private final NodeId node = NodeId.of("own-" + UUID.randomUUID().toString().substring(0, 8));
    private final List<RunningAgent> agents = new ArrayList<>();
    private MeshFiles mesh;
    private Site site;
    private CommandLineProcess harmony;
    private Path given;

    @BeforeEach
    void begin() throws Exception {
        Path person = folder.resolve("person");
        mesh = MeshFiles.create(new CommandLineProcess(person, "none"), folder.resolve("mesh"));
        Path operator = mesh.login("operator", "ada");
        site = new Site(mesh.server(), mesh.access(operator));
        harmony = new CommandLineProcess(person, site.url(), mesh.settings(operator));
        given = mesh.folder().resolve("stick.creds");
        assertSaid(
                0,
                harmony.given("", "mesh", "login", "--node", node.value(), "--days", "1", "--file", given.toString()));
    }

    @AfterEach
    void end() {
        agents.forEach(RunningAgent::close);
        site.close();
    }

    private RunningAgent start(Path login, String state) {
        RunningAgent agent =
                RunningAgent.onPodman(site, node, "127.89.0.1", folder.resolve(state), mesh.settings(login));
        agents.add(agent);
        return agent;
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void itGetsOneForAKeyOfItsOwnAndTheGivenOneIsOfUseToNobodyElse() throws Exception {
        Path copy = Files.copy(given, folder.resolve("copy.creds"));
        RunningAgent agent = start(given, "state");
        agent.await("it asks for one by a key of its own");
        CommandLineProcess.Said renewed = assertSaid(0, harmony.run("mesh", "renew"));
        assertTrue(renewed.err().contains(node + ": has its own; what it had before is revoked"), renewed::toString);
        agent.await("has a login for a key of its own");
        site.awaitAnswer(node);
        Path own = folder.resolve("state").resolve("mesh-login.creds");
        assertTrue(PosixFilePermissions.toString(Files.getPosixFilePermissions(own))
                .equals("rw-------"));
        assertFalse(Files.exists(folder.resolve("state").resolve("mesh-login.next")));

        start(copy, "another").await("the mesh does not take the login: it was revoked");

        agent.kill();
        Files.delete(given);
        start(given, "state").await("Registered");
        site.awaitAnswer(node);
    }
}
