package vault;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.hardware.DiskSpace;
import io.nationtech.harmony.domain.hardware.Medium;
import io.nationtech.harmony.domain.hardware.Storage;
import io.nationtech.harmony.domain.hardware.Tpm;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.Volumes;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.ingress.HttpsSmokeTest;
import io.nationtech.harmony.ingress.HttpsUrl;
import io.nationtech.harmony.ingress.Ingress;
import io.nationtech.harmony.ingress.TlsRouter;

/** A page that stands for something that keeps keys. */
public final class Vault implements DeploymentModule {
    interface Home extends ContainerRuntime, VolumeStore, SecretStore, TlsRouter {}

    @Override
    public Deployment<Home> deployment() {
        var keys = ContainerService.named(ServiceName.of("keys"))
                .image(ImageReference.of("registry.internal/website:1"))
                .publishes(Port.of(8080))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(64))
                .needs(Tpm.v2())
                .needs(Storage.free(DiskSpace.gibibytes(1)).medium(Medium.NVME));
        var ingress = Ingress.<Home>of(HttpsUrl.of(DnsName.of("keys.home.arpa"), Port.of(8443)), keys)
                .needs(Tpm.v2());
        return Deployment.named(DeploymentName.of("vault"))
                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                .runs(keys.<Home>secretEnv(EnvName.of("VAULT_PIN"), SecretRef.of("vault-pin"))
                        .with(Volumes.of(Volume.of(DataName.of("keys"), MountPath.of("/var/lib/keys")))))
                .runs(ingress)
                .provenBy(
                        HttpSmokeTest.of(keys, HttpPath.of("/"), "Hello from your own hardware"),
                        HttpsSmokeTest.of(ingress, HttpPath.of("/"), "Hello from your own hardware"));
    }
}
