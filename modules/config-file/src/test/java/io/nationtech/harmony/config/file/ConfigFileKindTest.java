package io.nationtech.harmony.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.ContainerKind;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.driver.contract.ResourceKindContract;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileKindTest extends ResourceKindContract<ConfigFile> {
    private static final MountedSecret TOKEN = new MountedSecret(SecretRef.of("token"), 1);

    @Override
    protected ResourceKind<ConfigFile> kind() {
        return new ConfigFileKind();
    }

    @Override
    protected List<ConfigFile> examples() {
        return List.of(
                ConfigFile.of("nginx.conf", "server {}"),
                ConfigFile.of("app.conf", "token=").then(TOKEN.ref()).then("\n"),
                ConfigFile.of("app.conf", "").onlyFor(new ConfigFile.Owner(33, 33)));
    }

    @Test
    void theSecretsInItAreClaimed() {
        assertEquals(
                Set.of(TOKEN), ConfigFile.of("a", "").then(TOKEN.ref()).claim().secrets());
    }

    @Test
    void isMadeBeforeContainers() {
        List<ResourceKind<?>> order = ResourceKinds.of(List.of(new ContainerKind(), new ConfigFileKind()))
                .inOrder();

        assertEquals("config-file", order.getFirst().name().value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "..", ".hidden", "UPPER", "a:b"})
    void aNameIsThatOfAFile(String name) {
        assertTrue(assertThrows(InvalidValueException.class, () -> file(name))
                .getMessage()
                .contains(name));
    }

    private static ConfigFile file(String name) {
        return ConfigFile.of(name, "x");
    }
}
