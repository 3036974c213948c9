package io.nationtech.harmony.mesh.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server's answer is hostile until it is read. */
class ConnectionPageTest {
    private static final String KEY = "U" + "A".repeat(55);

    private static ConnectionPage page(String text) throws IOException {
        return ConnectionPage.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String with(String connection) {
        return """
            {"server": {"name": "hub", "jetstream": true}, "data": {"server_id": "N1", "now": "2026-11-30T09:00:00Z",
             "total": 1, "connections": [%s]}, "more": [1, {"a": 2}]}
            """.formatted(connection);
    }

    @Test
    void aLoginIsKnownByItsKeyWhateverNameTheClientGivesItself() throws IOException {
        String connection = """
            {"cid": 7, "name": "another", "authorized_user": "%s", "start": "2026-11-30T08:00:00.5Z", "tls": {"name": "no"}}
            """.formatted(KEY);

        assertEquals(KEY, page(with(connection)).connections().getFirst().name());
    }

    @Test
    void withoutALoginItIsKnownByTheNameItGivesItself() throws IOException {
        String connection = """
            {"cid": 7, "name": "node", "authorized_user": "anybody", "start": "2026-11-30T08:00:00.5Z"}
            """;

        assertEquals("node", page(with(connection)).connections().getFirst().name());
    }

    @Test
    void aRefusalIsToldInTheServersWords() {
        String why = assertThrows(
                        IOException.class,
                        () -> page("{\"server\":{},\"error\":{\"code\":400,\"description\":\"not here\"}}"))
                .getMessage();

        assertTrue(String.valueOf(why).contains("not here"), why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "7",
                "{\"data\":7}",
                "{\"data\":{}}",
                "{\"data\":{\"now\":\"yesterday\",\"server_id\":\"N\"}}",
                "{\"data\":{\"server_id\":[],\"total\":\"x\"}}",
                "{\"data\":{\"server_id\":\"N\",\"connections\":{\"cid\":1}}",
                "{\"data\":{\"server_id\":\"N\",\"total\":99999999999}}",
                "{\"data\":{\"server_id\":\"N\",\"connections\":[{\"cid\":\"x\"}]}}"
            })
    void whatMakesNoSenseIsRefused(String text) {
        assertThrows(IOException.class, () -> page(text));
    }
}
