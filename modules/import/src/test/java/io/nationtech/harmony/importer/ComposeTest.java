package io.nationtech.harmony.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What compose means by what people write. */
class ComposeTest {
    @TempDir
    Path folder;

    private static String service(String lines) {
        return "services:\n  web:\n    image: registry.example.org/web:1\n" + lines.indent(4);
    }

    private String java(String lines) throws IOException {
        return Imports.java(Imports.imported(folder, service(lines)));
    }

    private void says(String lines, String... words) throws IOException {
        String java = java(lines);
        List.of(words).forEach(word -> assertTrue(java.contains(word), () -> word + " is not in\n" + java));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[22222:22]              | PublishedPort.tcp(Port.of(22)).at(Port.of(22222))",
                "[ 2022:2022 ]           | .publishes(Port.of(2022))",
                "['8080-8082:8080-8082'] | .publishes(PublishedPort.tcp(Port.of(8081)))",
                "['9000-9001:80-81']     | PublishedPort.tcp(Port.of(81)).at(Port.of(9001))",
                "['0.0.0.0:80:8080/tcp'] | PublishedPort.tcp(Port.of(8080)).at(Port.of(80))",
                "['[::]:80:8080']        | PublishedPort.tcp(Port.of(8080)).at(Port.of(80))",
                "['127.0.0.1:80:8080']   | PublishedPort.tcp(Port.of(8080)).at(Port.of(80)).onNodeOnly()",
                "['${NONE}:8080']        | .publishes(Port.of(8080))",
                "['${NONE:-81}:8080']    | PublishedPort.tcp(Port.of(8080)).at(Port.of(81))",
                "['53:53/udp']           | .publishes(PublishedPort.udp(Port.of(53)))",
                "[{target: 80, published: 81, protocol: udp}] | PublishedPort.udp(Port.of(80)).at(Port.of(81))",
                "['22:22']               | PublishedPort.tcp(Port.of(22)).at(Port.of(10022))",
            })
    void publishesPorts(String ports, String java) throws IOException {
        says("ports: " + ports, java);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A: yes             | yes",
                "A: 022             | 022",
                "A: 12:30:45        | 12:30:45",
                "A: 1e3             | 1e3",
                "A: '$$HOME'        | $HOME",
                "A: '${B-x}'        | x",
                "A: '${B:-${C:-y}}' | y",
                "A: '${B:+z}'       | ''",
                "A: 'a:b=c#d'       | a:b=c#d",
            })
    void keepsTextAsItIsWritten(String line, String value) throws IOException {
        says("environment:\n  " + line, "EnvText.of(\"%s\")".formatted(value));
    }

    @Test
    void readsValuesOfVariablesFromTheFileBeside() throws IOException {
        Path shop = Files.createDirectories(folder.resolve("shop"));
        Files.writeString(
                shop.resolve(".env"),
                "# a comment\nTAG=2.1\nexport NAME=\"two words\" # why\nBOTH=${NAME}-${TAG}\nRUN=$(id)\n");

        String java = Imports.java(
                Imports.imported(
                        folder,
                        "services:\n  web:\n    image: registry.example.org/web:$TAG\n    environment: ['N=$NAME', 'B=${BOTH}', 'R=${RUN}', 'TAG']\n"));

        assertTrue(java.contains("web:2.1\""), java);
        assertTrue(java.contains("EnvText.of(\"two words\")"), java);
        assertTrue(java.contains("EnvText.of(\"two words-2.1\")"), java);
        assertTrue(java.contains(".env(EnvName.of(\"R\"), EnvText.of(\"\"))"), java);
        assertTrue(java.contains(".env(EnvName.of(\"TAG\"), EnvText.of(\"2.1\"))"), java);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "external: true                            | with(Borrows.readOnly(Owner.FILMS, MountPath.of(\"/media\")))",
                "external: true, name: my-nas_best.films   | with(Borrows.readOnly(MyNas.BEST_FILMS, MountPath.of(\"/media\")))",
                "external: {name: downloads_library}       | with(Borrows.readOnly(Downloads.LIBRARY, MountPath.of(\"/media\")))",
            })
    void proposesHowAVolumeOfOthersIsBorrowed(String options, String line) throws IOException {
        ImportedModule module = Imports.imported(
                folder, service("volumes: ['films:/media:ro']") + "volumes: {films: {%s}}\n".formatted(options));

        assertTrue(Imports.told(module).contains("borrow: " + line), () -> Imports.told(module));
        assertTrue(Imports.java(module).contains("Volume.of(DataName.of(\"films\")"), () -> Imports.java(module));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${APP_LIGHTNING_NODE_DATA_DIR}:/lnd:ro  | borrow: with(Borrows.readOnly(LightningNode.DATA, MountPath.of(\"/lnd\")))",
                "${APP_DOWNLOADS_DATA_DIR}/data/films:/m | borrow: with(Borrows.writable(Downloads.FILMS, MountPath.of(\"/m\")))",
                "/DATA/AppData/radarr/config:/radarr:ro  | borrow: with(Borrows.readOnly(Radarr.CONFIG, MountPath.of(\"/radarr\")))",
            })
    void proposesHowAFolderOfAnotherApplicationIsBorrowed(String volume, String line) throws IOException {
        String told = Imports.told(Imports.imported(folder, service("volumes: ['%s']".formatted(volume))));

        assertTrue(told.contains(line), () -> told);
    }

    @ParameterizedTest
    @CsvSource({"${APP_DATA_DIR}/web:/srv", "/DATA/AppData/web/data:/srv", "/DATA/AppData/$AppID/x:/srv", "./data:/srv"
    })
    void whatIsItsOwnIsNotBorrowed(String volume) throws IOException {
        String told = Imports.told(Imports.imported(folder, service("volumes: ['%s']".formatted(volume))));

        assertFalse(told.contains("borrow"), () -> told);
    }

    @Test
    void aVolumeWhoseQuadletIsNotNamedIsOfOthers() throws IOException {
        Path unit = Files.writeString(
                folder.resolve("web.container"),
                "[Container]\nImage=registry.example.org/web:1\nVolume=films.volume:/media\nMount=type=volume,source=books.volume,destination=/books,ro=true\n");
        Path films = Files.writeString(folder.resolve("films.volume"), "[Volume]\n");

        String alone = Imports.told(Imports.imported(Imports.result(List.of(unit))));
        assertTrue(
                alone.contains("borrow: with(Borrows.writable(Owner.FILMS, MountPath.of(\"/media\")))"), () -> alone);
        assertTrue(
                alone.contains("borrow: with(Borrows.readOnly(Owner.BOOKS, MountPath.of(\"/books\")))"), () -> alone);
        String both = Imports.told(Imports.imported(Imports.result(List.of(unit, films))));
        assertFalse(both.contains("FILMS"), () -> both);
    }

    @Test
    void mergesWhatAnchorsRepeat() throws IOException {
        String java = Imports.java(Imports.imported(folder, """
                x-a: &a {LEVEL: low, ZONE: a}
                x-b: &b {LEVEL: high, COLOUR: red}
                services:
                  web:
                    image: registry.example.org/web:1
                    environment:
                      <<: [*a, *b]
                      ZONE: own
                """));

        assertTrue(java.contains("EnvName.of(\"LEVEL\"), EnvText.of(\"low\")"), java);
        assertTrue(java.contains("EnvName.of(\"COLOUR\"), EnvText.of(\"red\")"), java);
        assertTrue(java.contains("EnvName.of(\"ZONE\"), EnvText.of(\"own\")"), java);
    }

    @Test
    void leavesServicesOfProfilesOutUntilTheyAreNamed() throws IOException {
        String compose = service("") + "  debug:\n    image: registry.example.org/debug:1\n    profiles: [debug]\n";

        assertEquals(1, Imports.imported(folder, compose).services());
        assertEquals(2, Imports.imported(folder, compose, "debug").services());
    }

    @Test
    void completesImagesAsComposeDoes() throws IOException {
        assertEquals(
                "docker.io/library/nginx:1.29", Images.complete("nginx:1.29").value());
        assertEquals(
                "docker.io/example/shop:latest", Images.complete("example/shop").value());
        assertEquals(
                "registry:5000/shop:latest",
                Images.complete("registry:5000/shop").value());
        assertEquals(
                "ghcr.io/example/shop@sha256:" + "0".repeat(64),
                Images.complete("ghcr.io/example/shop@sha256:" + "0".repeat(64)).value());
    }

    @Test
    void anImageThatIsBuiltHasANameToBePushedAs() throws IOException {
        ImportedModule module = Imports.imported(folder, "services: {web: {build: ./web}}");

        assertTrue(
                Imports.java(module).contains("ImageReference.of(\"registry.internal/shop-web:1\")"),
                Imports.java(module));
        assertTrue(Imports.told(module).contains("push it as registry.internal/shop-web:1"), Imports.told(module));
    }

    @Test
    void keepsTheWordsOfCommandsApart() throws IOException {
        says(
                "command: run --name \"two words\" 'a\"b' c\\ d",
                "Arguments.of(\"run\", \"--name\", \"two words\", \"a\\\"b\", \"c d\")");
        says(
                "entrypoint: [a, 'b c']\ncommand: d e",
                ".entrypoint(Arguments.of(\"a\", \"b c\"))",
                ".args(Arguments.of(\"d\", \"e\"))");
    }

    @Test
    void asksForAPageWhereAHealthCheckDoes() throws IOException {
        says(
                "ports: ['81:80']\nhealthcheck: {test: 'curl -fk https://localhost/x?a=b || exit 1', disable: false}",
                "CommandProbe.of(Arguments.of(\"/bin/sh\", \"-c\", \"curl -fk https://localhost/x?a=b || exit 1\"))");
        says(
                "ports: ['81:443']\nhealthcheck: {test: 'curl -fk https://localhost/x?a=b || exit 1'}",
                "HttpProbe.of(Port.of(81), HttpPath.of(\"/x?a=b\")).overTls()");
        says("ports: ['81:80']\nhealthcheck: {test: [NONE]}", "TcpProbe.of(Port.of(81))");
    }

    @Test
    void aServiceThatEndsIsAJob() throws IOException {
        says("restart: 'no'", "Job.named(ServiceName.of(\"web\"))", ".once()");
        assertFalse(java("restart: on-failure").contains("Job."));
    }

    @Test
    void servicesThatKnowEachOtherStartInSomeOrder() throws IOException {
        String java = Imports.java(Imports.imported(folder, """
                services:
                  a: {image: 'x.example.org/a:1', environment: {B_URL: 'http://b:80'}}
                  b: {image: 'x.example.org/b:1', environment: {A_URL: 'http://a:80'}}
                """));

        assertTrue(java.contains(".address(Port.of(80)).after(\"http://\")"), java);
        assertTrue(java.contains("EnvText.of(\"http://b:80\")") || java.contains("EnvText.of(\"http://a:80\")"), java);
    }

    @Test
    void folderWithinAFolderIsRefused() throws IOException {
        String said = Imports.refused(folder, service("volumes: ['./a:/a', './a/b:/b']"));

        assertTrue(said.contains("folder ./a/b of service 'web' lies in ./a"), said);
    }
}
