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
import io.nationtech.harmony.domain.value.ResourceName;
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

    @Override
    protected ResourceKind<IngressRoute> kind() {
        return new IngressRouteKind();
    }

    @Override
    protected List<IngressRoute> examples() {
        return List.of(
                PHOTOS,
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

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "UPPER", "a_b", "a.b"})
    void itsNameIsALabel(String name) {
        assertThrows(InvalidValueException.class, () -> PHOTOS.named(ResourceName.of(name)));
    }
}
