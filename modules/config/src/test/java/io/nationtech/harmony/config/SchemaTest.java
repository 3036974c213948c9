package io.nationtech.harmony.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {
    @TempDir
    private Path folder;

    record PlainPassword(String password) {}

    record OptionalToken(Optional<String> refreshToken) {}

    record NoFactory(StringBuilder text) {}

    record Deep(String b) {}

    record Clash(Deep a, String aB) {}

    record TooLong(String thisNameOfAComponentIsMuchTooLongForTheNameOfASecretInAnyStore) {}

    record Snake(String snake_case) {}

    @Test
    void aSecretDeclaredAsAnythingElseIsRefused() {
        refused(PlainPassword.class, "component 'password' is a secret by its name, but declared as String");
        refused(OptionalToken.class, "component 'refreshToken' is a secret by its name");
    }

    @Test
    void aTypeWithoutFactoryIsRefused() {
        refused(NoFactory.class, "no way is known from a text to java.lang.StringBuilder");
    }

    @Test
    void twoKeysOfOneVariableAreRefused() {
        refused(Clash.class, "clash.a.b and clash.a-b are both HARMONY_CLASH_A_B");
    }

    @Test
    void namesThatAreNoKeysAreRefused() {
        refused(TooLong.class, "is too long");
        refused(Snake.class, "component 'snake_case' is not a key");
    }

    @ParameterizedTest
    @CsvSource({"host,host", "maxTLSVersion,max-tls-version", "ipV4,ip-v4", "http2,http2", "URL,url"})
    void javaNamesBecomeWords(String java, String words) {
        assertEquals(words, ConfigKey.kebab(java));
    }

    @Test
    void theRecordsNameIsThePrefixWithoutItsSuffix() {
        record HTTPProxySettings(String host) {}
        record Config(String host) {}
        assertEquals("http-proxy", Wanted.of(HTTPProxySettings.class).prefix().property());
        assertEquals("config", Wanted.of(Config.class).prefix().property());
        assertEquals(
                "http-proxy.lab",
                Wanted.of(HTTPProxySettings.class, InstanceName.of("lab"))
                        .prefix()
                        .property());
    }

    private void refused(Class<? extends Record> type, String what) {
        Config config = new World(folder).config();
        var refused = assertThrows(SchemaException.class, () -> config.explain(List.of(Wanted.of(type))));
        assertTrue(refused.why().what().contains(what), refused.getMessage());
    }
}
