package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of {@code harmony mesh} have before they begin: a store of secrets, where its owner makes a mesh. */
abstract class OwnMesh {
    @TempDir
    Path folder;

    @BeforeEach
    void makeKey() {
        Typed.given(
                "", "secret", "key", "new", "--key", folder.resolve("own.key").toString());
    }

    /** The certificate by which servers are known. */
    Path authority() {
        return folder.resolve("mesh-ca.crt");
    }

    Path login(String name) {
        return folder.resolve(name + ".creds");
    }

    static Typed done(Typed typed) {
        assertEquals(0, typed.exitCode(), typed::err);
        return typed;
    }

    /** A command of the mesh's owner. */
    Typed mesh(String... words) {
        return Typed.command(onMesh(words));
    }

    Typed meshAt(Instant time, String... words) {
        return Typed.at(time, onMesh(words));
    }

    private String[] onMesh(String... words) {
        return Stream.of(Stream.of("mesh"), Stream.of(words), store())
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    Stream<String> store() {
        return Stream.of(
                "--key",
                folder.resolve("own.key").toString(),
                "--secrets",
                folder.resolve("secrets").toString());
    }

    /** Makes the mesh; it has no server yet. */
    void makeAuthority() {
        try {
            Files.writeString(authority(), done(mesh("create")).out());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets somebody in. */
    Typed let(String role, String name) {
        return mesh("login", "--" + role, name, "--file", login(name).toString());
    }
}
