package io.nationtech.harmony.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuardedIngressTest {
    interface Home extends ContainerRuntime, TlsRouter, SecretStore {}

    private static final SecretRef USERS = SecretRef.of("photos-users");
    private static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/photos:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    private static final OpenPath HOOK = new OpenPath(HttpPath.of("/hook"), Reason.of("the shop calls it"));
    private static final GuardedIngress<Home> INGRESS = Ingress.<Home>of(
                    HttpsUrl.of(DnsName.of("photos.home.example")), WEB)
            .guardedBy(BasicLogin.of(USERS).passedOn())
            .openAt(HOOK.path(), HOOK.because());

    private static Expansion expanded(Map<SecretRef, Long> versions) {
        return INGRESS.expand(DeploymentName.of("photos"), new Inventory(List.of()).with(versions));
    }

    @Test
    void itsRouteSaysWhoMayEnterInTheVersionThatThereIs() {
        Expansion.Runs runs =
                assertInstanceOf(Expansion.Runs.class, expanded(Map.of(SiteAuthority.SECRET, 1L, USERS, 3L)));

        assertEquals(
                Optional.of(new IngressRoute.Guard(new MountedSecret(USERS, 3), Credentials.PASSED_ON, List.of(HOOK))),
                ((IngressRoute) runs.tasks().getFirst().resources().getFirst()).guard());
        assertEquals(List.of(SiteAuthority.SECRET, USERS), INGRESS.secrets());
    }

    @Test
    void withoutUsersItIsNotPlannedAtAll() {
        Expansion.Impossible impossible =
                assertInstanceOf(Expansion.Impossible.class, expanded(Map.of(SiteAuthority.SECRET, 1L)));

        assertTrue(impossible.cause().what().contains("https://photos.home.example has nobody who may log in"));
        assertTrue(impossible.cause().next().contains("harmony login set photos-users"));
    }
}
