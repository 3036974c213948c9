package io.nationtech.harmony.secrets.openbao;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import io.nationtech.harmony.secrets.Stored;
import io.nationtech.harmony.secrets.contract.Leak;
import io.nationtech.harmony.secrets.openbao.BaoStub.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenBaoSecretsTest {
    private static final SecretRef PASSWORD = SecretRef.of("smtp-password");
    private static final String VALUE = "correct horse battery staple";

    @TempDir
    private Path folder;

    private final BaoStub bao;

    OpenBaoSecretsTest() throws IOException {
        bao = BaoStub.start();
    }

    @AfterEach
    void stop() throws IOException {
        bao.close();
    }

    @Test
    void aTextIsKeptSoThatTheToolsShowIt() {
        bao.put("harmony/prod/smtp-password", Map.of("value", VALUE));
        assertEquals(VALUE, text(secrets()));
        assertEquals(List.of("GET /v1/secret/data/harmony/prod/smtp-password HTTP/1.1"), bao.received());
    }

    @Test
    void aDeletedSecretIsAbsentAndCanBeSetAgain() {
        bao.put("harmony/prod/smtp-password", Map.of("value", "old"));
        bao.put("harmony/prod/smtp-password", Map.of("value", "older"));
        bao.delete("harmony/prod/smtp-password");

        OpenBaoSecrets secrets = secrets();
        assertInstanceOf(SecretLookup.Absent.class, secrets.get(PASSWORD));
        assertEquals(new Stored.At(3), put(secrets, VALUE));

        assertEquals(VALUE, text(secrets));
    }

    @Test
    void whatIsNotOursIsNotListed() {
        bao.put("harmony/prod/smtp-password", Map.of("value", VALUE));
        bao.put("harmony/prod/Not_Ours", Map.of("value", VALUE));
        bao.put("harmony/prod/folder/other", Map.of("value", VALUE));
        assertEquals(List.of(PASSWORD), secrets().list());
    }

    @Test
    void aSecretOfAnotherFormIsToldWithoutRepeatingIt() {
        for (Map<String, ?> form : List.<Map<String, ?>>of(
                Map.of("password", VALUE), Map.of("value", 7), Map.of("value", ""), Map.of("base64", VALUE))) {
            bao.put("harmony/prod/smtp-password", form);
            assertTrue(refusal(secrets()).what().contains("neither a text under 'value'"));
        }
    }

    @Test
    void theServersRefusalsAreToldWithWhatToDo() {
        told(Reply.errors(503, "Vault is sealed"), "OpenBao is sealed", "bao operator unseal");
        told(Reply.errors(503, "local node not active but active cluster node not found"), "not ready", "bao status");
        told(
                Reply.errors(403, "permission denied"),
                "the token is not valid or may not do this",
                "secret/{data,metadata}/harmony/prod");
        told(Reply.errors(429, "request path exceeded quota"), "asked too often", "later");
        told(Reply.errors(500, "internal error"), "status 500", "log");
        told(Reply.errors(400, "missing client token"), "did not accept the request", "audit log");
        told(new Reply(307, ""), "on standby", "the active one");
    }

    @Test
    void whatAnswersButIsNotOpenBaoIsTold() {
        told(
                new Reply(200, "<html>" + VALUE + "</html>"),
                "the answer with status 200 is no JSON",
                "may not be OpenBao");
        told(
                new Reply(200, "{\"data\":{\"value\":\"" + VALUE + "\"}}"),
                "not of kind KV, version 2",
                "enable-versioning");
        told(new Reply(200, "{\"data\":{\"data\":{\"value\":\"" + VALUE), "is no JSON", "may not be OpenBao");
        told(new Reply(200, " ".repeat((1 << 20) + 1)), "more than 1 MiB", "may not be OpenBao");
    }

    @Test
    void aMountThatIsNotThereOrOfVersionOneIsTold() {
        assertTrue(refusal(secretsAt("nope")).what().contains("no secrets engine is mounted at 'nope'"));
        assertTrue(refusal(secretsAt("nope")).next().contains("bao secrets enable -path=nope -version=2 kv"));
        var refused = assertThrows(SecretsUnavailableException.class, () -> put(secretsAt("kv1"), VALUE));
        assertTrue(refused.why().what().contains("'kv1' is not of kind KV, version 2"), refused.getMessage());
        Leak.of(VALUE).absentFrom(refused);
    }

    @Test
    void aWrongTokenIsTold() {
        OpenBaoSecrets wrong = new OpenBaoSecrets(
                settings("secret", bao.address()), new OpenBaoToken.Given(Secret.takeFrom("wrong".toCharArray())));
        assertTrue(refusal(wrong).what().contains("the token is not valid"));
    }

    @Test
    void aServerThatHangsOrIsNotThereIsGivenUp() throws IOException {
        bao.answer(Reply.NEVER);
        assertTrue(refusal(secrets()).what().contains("did not answer within 2000 ms"));
        bao.close();
        assertTrue(refusal(secrets()).what().contains("cannot be reached"));
    }

    @Test
    void theTokenIsReadFromItsFileEachTime() throws IOException {
        Path file = Files.writeString(folder.resolve(".vault-token"), "expired\n");
        OpenBaoSecrets secrets =
                new OpenBaoSecrets(settings("secret", bao.address()), OpenBaoToken.find(Map.of(), folder));
        refusal(secrets);
        Files.writeString(file, BaoStub.TOKEN + "\n");
        assertInstanceOf(SecretLookup.Absent.class, secrets.get(PASSWORD));
        Files.writeString(file, "two\nlines");
        assertTrue(refusal(secrets).what().contains("the token is empty or no token"));
        Files.delete(file);
        assertTrue(refusal(secrets).next().contains("bao login"));
    }

    @Test
    void theEnvironmentsTokenComesFirst() {
        OpenBaoToken token = OpenBaoToken.find(Map.of("VAULT_TOKEN", "v", "BAO_TOKEN", BaoStub.TOKEN), folder);
        OpenBaoSecrets secrets = new OpenBaoSecrets(settings("secret", bao.address()), token);
        assertInstanceOf(SecretLookup.Absent.class, secrets.get(PASSWORD));
        Leak.of(BaoStub.TOKEN).absentFrom("the token's text", token.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://bao.example.org:8200",
                "ftp://127.0.0.1",
                "bao:8200",
                "https://user:pass@bao.example.org",
                "https://bao.example.org/ui",
                "http://127.0.0.1.example.org"
            })
    void addressesThatAreNotSafeAreRefused(String address) {
        assertThrows(InvalidValueException.class, () -> OpenBaoSettings.of(URI.create(address), "harmony/prod"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a/../b", "a?b", "a b", "a%2fb"})
    void foldersThatCouldMeanAnotherPlaceAreRefused(String folder) {
        assertThrows(InvalidValueException.class, () -> OpenBaoSettings.of(bao.address(), folder));
    }

    private void told(Reply reply, String what, String next) {
        bao.answer(reply);
        Cause cause = refusal(secrets());
        assertTrue(cause.what().contains(what), cause::toString);
        assertTrue(cause.next().contains(next), cause::toString);
        assertEquals(bao.address(), URI.create(cause.where().split("/secret/")[0]));
    }

    private static Cause refusal(OpenBaoSecrets secrets) {
        var refused = assertThrows(SecretsUnavailableException.class, () -> secrets.get(PASSWORD));
        Leak.of(VALUE).absentFrom(refused);
        Leak.of(BaoStub.TOKEN).absentFrom(refused);
        return refused.why();
    }

    private OpenBaoSecrets secrets() {
        return secretsAt("secret");
    }

    private OpenBaoSecrets secretsAt(String mount) {
        return new OpenBaoSecrets(
                settings(mount, bao.address()), new OpenBaoToken.Given(Secret.takeFrom(BaoStub.TOKEN.toCharArray())));
    }

    private static OpenBaoSettings settings(String mount, URI address) {
        return new OpenBaoSettings(
                address, mount, "harmony/prod", Optional.empty(), Optional.empty(), Duration.ofSeconds(2));
    }

    private static Stored put(OpenBaoSecrets secrets, String value) {
        try (Secret secret = Secret.takeFrom(value.toCharArray())) {
            return secrets.put(PASSWORD, secret, 0);
        }
    }

    private static String text(OpenBaoSecrets secrets) {
        try (Secret secret =
                assertInstanceOf(SecretLookup.Held.class, secrets.get(PASSWORD)).secret()) {
            return secret.read(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
