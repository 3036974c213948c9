package io.nationtech.harmony.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources that nobody should be able to do harm with, or that cannot be meant: each is told with its line. */
class BadSourcesTest {
    @TempDir
    Path folder;

    private static String service(String lines) {
        return "services:\n  web:\n    image: registry.example.org/web:1\n" + lines.indent(4);
    }

    private void refuses(String compose, String at, String... words) throws IOException {
        String said = Imports.refused(folder, compose);
        assertTrue(said.contains(at), said);
        List.of(words).forEach(word -> assertTrue(said.contains(word), said));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "volumes: [/var/run/docker.sock:/s.sock]  | :4 | socket of the container engine at /s.sock",
                "network_mode: service:vpn               | :4 | network of another",
                "network_mode: service:web               | :4 | which starts after it",
                "network_mode: none                      | :4 | network of another, or none",
                "ports: ['192.0.2.1:80:80']              | :4 | at 192.0.2.1 alone",
                "ports: ['80:80/sctp']                   | :4 | neither tcp nor udp",
                "ports: ['80:${PORT}']                   | :4 | give its variables values in .env",
                "ports: ['70000:80']                     | :4 | 70000",
                "environment: {'a-b': c}                 | :4 | not the name of an environment variable",
                "devices: [/dev/snd]                     | :4 | /dev/snd",
                "cap_add: [SYSLOG]                       | :4 | SYSLOG",
                "gpus: all                               | :4 | graphics processors",
                "user: www-data                          | :4 | is no number",
                "volumes_from: [db]                      | :4 | all mounts of another",
                "stop_signal: SIGRTMIN+3                 | :4 | RTMIN+3",
                "security_opt: ['seccomp:own.json']      | :4 | protects its machine",
                "command: sh -c 'unclosed                | :4 | quote",
                "volumes: ['./acme.json:/acme.json']     | :4 | single file",
                "volumes: ['data:/dev/shm/x']            | :4 | /dev/shm/x",
                "environment: ['A=${']                   | :4 | has no }",
                "environment: ['A=${B:*c}']              | :4 | B",
                "userns_mode: keep-id                    | :4 | users of its machine",
            })
    void refusesWhatCannotBeSaidWithItsLine(String line, String at, String word) throws IOException {
        refuses(service(line), "compose.yaml" + at, word);
    }

    @Test
    void refusesAFileThatIsTooLargeOrFullOfSecrets() throws IOException {
        Path shop = Files.createDirectories(folder.resolve("shop"));
        Files.writeString(shop.resolve("large.conf"), "# nothing of interest\n".repeat(20_000));
        refuses(service("volumes: ['./large.conf:/etc/large.conf']"), "compose.yaml:4", "has 440000 characters");
        Files.writeString(
                shop.resolve("full.conf"),
                IntStream.range(0, 5_000)
                        .mapToObj("token_%1$d: x7Kq9vPz%1$dLmW2\n"::formatted)
                        .collect(Collectors.joining()));
        refuses(service("volumes: ['./full.conf:/etc/full.conf']"), "compose.yaml:4", "more than 100 values");
    }

    @Test
    void refusesWhatIsNoYamlWithItsLine() throws IOException {
        refuses("services:\n  web:\n    image: a: b\n", "compose.yaml:3", "no YAML");
        refuses("services:\n  web: *nobody\n", "compose.yaml:2", "nobody");
        refuses("services:\n\tweb: 1\n", "compose.yaml:2", "no YAML");
    }

    @Test
    void refusesWhatDeclaresNothing() throws IOException {
        refuses("", "compose.yaml", "no mapping of services");
        refuses("[1, 2]", "compose.yaml:1", "no mapping of services");
        refuses("volumes: {}", "compose.yaml", "no service is declared");
        refuses("services: {web: }", "compose.yaml:1", "'web' says nothing");
        refuses("services: {web: {ports: ['1:1']}}", "compose.yaml:1", "names no image");
        refuses("services: {web: {image: 'x:1', profiles: [a]}}", "compose.yaml", "--profile");
    }

    @Test
    void refusesABombOfAliasesQuickly() throws IOException {
        String bomb = IntStream.range(1, 30)
                .mapToObj(level ->
                        "x%d: &x%d [*x%d, *x%d, *x%d]\n".formatted(level, level, level - 1, level - 1, level - 1))
                .collect(
                        Collectors.joining("", "x0: &x0 [a, b]\n", "services: {web: {image: 'x:1', command: *x29}}\n"));

        refuses(bomb, "compose.yaml:", "more than 100000 values");
    }

    @Test
    void refusesAnAliasWithinWhatItRepeats() throws IOException {
        refuses("services: &all\n  web:\n    image: x:1\n    labels: *all\n", "compose.yaml", "within what it repeats");
    }

    @Test
    void refusesWhatLiesTooDeepOrIsTooLong() throws IOException {
        refuses("x: " + "[".repeat(20_000) + "]".repeat(20_000), "compose.yaml:1", "100 levels");
        refuses(
                service("labels: {a: '" + "x".repeat(3 * 1024 * 1024) + "'}"),
                "compose.yaml",
                "characters, and may have 2097152");
        refuses(
                service("labels: {a: '" + "x".repeat(10 * 1024 * 1024) + "'}"),
                "compose.yaml",
                "more than 8388608 bytes");
        refuses(service("labels: [" + "a,".repeat(200_000) + "]"), "compose.yaml:4", "more than 100000 values");
        refuses(
                service("environment: ['A=" + "${B:-".repeat(40) + "}".repeat(40) + "']"),
                "compose.yaml:4",
                "20 levels");
    }

    @Test
    void refusesTextThatIsNoText() throws IOException {
        Path shop = Files.createDirectories(folder.resolve("shop"));
        Path file = Files.write(
                shop.resolve("compose.yaml"), "services: {web: {image: 'ä:1'}}".getBytes(StandardCharsets.ISO_8859_1));

        assertTrue(Imports.refused(Imports.result(List.of(file))).contains("no text in UTF-8"));
        refuses(service("environment: ['A=\uE000B\uE001']"), "compose.yaml:4", "U+E000");
    }

    @Test
    void refusesFilesThatIncludeEachOther() throws IOException {
        Path shop = Files.createDirectories(folder.resolve("shop"));
        Files.writeString(shop.resolve("b.yaml"), "include: [c.yaml]\nservices: {}\n");
        Files.writeString(shop.resolve("c.yaml"), "include: [b.yaml]\nservices: {}\n");

        refuses("include: [b.yaml]\n" + service(""), "b.yaml", "in a circle: compose.yaml → b.yaml → c.yaml → b.yaml");
        refuses("include: [nothing.yaml]\n" + service(""), "nothing.yaml", "no file nothing.yaml");
        refuses("include: ['https://example.org/x.yaml']\n" + service(""), "compose.yaml:1", "no file beside");
    }

    @Test
    void refusesServicesThatExtendThemselves() throws IOException {
        refuses(
                "services:\n  a:\n    extends: b\n  b:\n    extends:\n      service: a\n",
                "compose.yaml:",
                "extends itself");
        refuses("services:\n  a:\n    extends: c\n", "compose.yaml:3", "no service 'c'");
    }

    @Test
    void refusesServicesThatWaitForEachOther() throws IOException {
        refuses(
                "services:\n  a:\n    image: x:1\n    depends_on: [b]\n  b:\n    image: x:1\n    depends_on: [a]\n",
                "compose.yaml:7",
                "depend on each other");
    }

    @Test
    void importsAThousandServices() throws IOException {
        String services = IntStream.range(0, 1000)
                .mapToObj(number ->
                        "  s%d:\n    image: registry.example.org/a:1\n    environment: {NUMBER: '%d'}\n    ports: ['%d:80']\n"
                                .formatted(number, number, 10_000 + number))
                .collect(Collectors.joining());

        ImportedModule module = Imports.imported(folder, "services:\n" + services);

        assertEquals(1000, module.services());
        Compiled compiled = Compiled.of(module.files(), folder.resolve("module"));
        assertEquals(0, compiled.status(), compiled.said());
    }

    @Test
    void refusesAGroupThatIsTooLarge() throws IOException {
        String chain = IntStream.range(0, 40)
                .mapToObj(number -> "  s%d:\n    image: registry.example.org/a:1\n    depends_on: [s%d]\n"
                        .formatted(number, Math.max(0, number - 1)))
                .collect(Collectors.joining());

        refuses(
                "services:\n" + chain,
                "compose.yaml:",
                "40 services use each other's names, data or order, and a group has 16 at most");
    }

    @Test
    void refusesQuadletsThatAreNone() throws IOException {
        Path unit = Files.writeString(folder.resolve("web.container"), "[Container]\nImage=x:1\nnonsense\n");
        Path pod = Files.writeString(folder.resolve("pod.container"), "[Container]\nImage=x:1\nPod=web.pod\n");
        Path other = Files.writeString(folder.resolve("web.kube"), "[Kube]\nYaml=a.yaml\n");

        assertTrue(
                Imports.refused(Imports.result(List.of(unit))).contains("web.container:3: the line is none of a unit"));
        assertTrue(
                Imports.refused(Imports.result(List.of(pod)))
                        .contains(
                                "pod.container:3: container 'pod' has the network of pod web.pod, which is not among these files"));
        assertTrue(Imports.refused(Imports.result(List.of(other))).contains("neither a container"));
    }
}
