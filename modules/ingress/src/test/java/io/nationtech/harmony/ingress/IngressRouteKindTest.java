package io.nationtech.harmony.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ServiceReplica;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.contract.ResourceKindContract;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngressRouteKindTest extends ResourceKindContract<IngressRoute> {
    private static final MountedSecret AUTHORITY = new MountedSecret(SiteAuthority.SECRET, 1);
    private static final IngressRoute PHOTOS = new IngressRoute(
            ResourceName.of("photos"),
            HttpsUrl.of(DnsName.of("photos.home.example")),
            new IngressRoute.Backend(
                    ServiceName.of("web"),
                    Port.of(8080),
                    Optional.of(new IngressRoute.HttpCheck(Port.of(8081), HttpPath.of("/healthz")))),
            AUTHORITY,
            List.of());

    private static final IngressRoute.Guard GUARD = new IngressRoute.Guard(
            new MountedSecret(SecretRef.of("photos-users"), 3),
            Credentials.REMOVED,
            List.of(new OpenPath(HttpPath.of("/api/hook"), Reason.of("the shop calls it"))));

    @Override
    protected ResourceKind<IngressRoute> kind() {
        return new IngressRouteKind();
    }

    @Override
    protected List<IngressRoute> examples() {
        return List.of(
                PHOTOS,
                PHOTOS.guardedBy(GUARD),
                PHOTOS.leadingTo(_ -> List.of(new ServiceReplica(NodeId.of("node-1"), IpAddress.of("192.0.2.1")))),
                new IngressRoute(
                        ResourceName.of("photos"),
                        HttpsUrl.of(DnsName.of("photos.home.example"), Port.of(8443)),
                        new IngressRoute.Backend(ServiceName.of("web"), Port.of(8080), Optional.empty()),
                        AUTHORITY,
                        List.of()));
    }

    @Test
    void leadsToTheReplicasOfItsServiceAlone() {
        ServiceReplica own = new ServiceReplica(NodeId.of("node-1"), IpAddress.of("192.0.2.1"));
        ServiceReplica foreign = new ServiceReplica(NodeId.of("node-2"), IpAddress.of("192.0.2.2"));

        assertEquals(
                List.of(own),
                PHOTOS.leadingTo(service -> List.of(service.equals(ServiceName.of("web")) ? own : foreign))
                        .replicas());
    }

    @Test
    void theAuthorityIsBroughtToItsNode() {
        assertEquals(Set.of(AUTHORITY), PHOTOS.claim().secrets());
    }

    @Test
    void whoMayEnterIsBroughtToItsNodeTooAndStaysWhenReplicasMove() {
        IngressRoute guarded = PHOTOS.guardedBy(GUARD);

        assertEquals(Set.of(AUTHORITY, GUARD.users()), guarded.claim().secrets());
        assertEquals(Optional.of(GUARD), guarded.leadingTo(_ -> List.of()).guard());
        assertEquals(Optional.of(GUARD), guarded.named(ResourceName.of("other")).guard());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/", "//a", "/a/../b", "/a/.", "/a?b", "/a%2fb", "/a;b", "/a:b"})
    void whatIsNoPlainPathIsNotOpen(String path) {
        assertThrows(InvalidValueException.class, () -> new OpenPath(HttpPath.of(path), Reason.of("a test")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "UPPER", "a_b", "a.b"})
    void itsNameIsALabel(String name) {
        assertThrows(InvalidValueException.class, () -> PHOTOS.named(ResourceName.of(name)));
    }
}
