package io.nationtech.harmony.catalogue.nodered;

import io.nationtech.harmony.config.file.ConfigFile;
import io.nationtech.harmony.config.file.SeededFile;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.ProgramOption;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.SecretEnv;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.GroupId;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ProcessCount;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.domain.value.UserId;
import io.nationtech.harmony.ingress.HttpsUrl;
import io.nationtech.harmony.ingress.Ingress;
import io.nationtech.harmony.ingress.TlsRouter;
import java.time.Duration;

/** Automation drawn as flows; its editor asks for a login. */
public final class NodeRed implements DeploymentModule {
    /** What `node-red admin hash-pw` makes of the password of user admin. */
    private static final SecretRef PASSWORD_HASH = SecretRef.of("node-red-password-hash");

    /** Encrypts what flows know of others, as passwords of brokers: a long random text, which must stay. */
    private static final SecretRef CREDENTIALS_KEY = SecretRef.of("node-red-credentials-key");

    /** To begin with: from then on the file is Node-RED's own, and a change here changes nothing that is there. */
    private static final String SETTINGS = """
            module.exports = {
                flowFile: "flows.json",
                uiPort: 1880,
                credentialSecret: process.env.CREDENTIALS_KEY,
                adminAuth: {
                    type: "credentials",
                    users: [{username: "admin", password: process.env.PASSWORD_HASH, permissions: "*"}],
                },
                diagnostics: {enabled: true, ui: true},
                logging: {console: {level: "info", metrics: false, audit: false}},
            };
            """;

    /** What nodes must offer. */
    interface Home extends ContainerRuntime, SecretStore, VolumeStore, TlsRouter {}

    @Override
    public Deployment<Home> deployment() {
        var home = Topology.of(TopologyName.of("home"), Home.class, Site.of("home"));
        var nodeRed = ContainerService.named(ServiceName.of("node-red"))
                .image(
                        ImageReference.of(
                                "docker.io/nodered/node-red:5.0.4@sha256:10f40d0a83e7e5852b13d4d472b2006b05b1cca6d55e2f29a55a12c25a630cb6"))
                .publishes(Port.of(1880))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(512))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(3)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(256)))
                .option(ProgramOption.NODE_TIME_ZONE)
                .user(UserId.of(1000), GroupId.of(1000));
        // yours: the name by which browsers find it
        var ingress = Ingress.<Home>of(HttpsUrl.of(DnsName.of("node-red.home.arpa")), nodeRed); // https
        return Deployment.named(DeploymentName.of("node-red"))
                .on(home)
                .runs(nodeRed.volumes(Volume.of(DataName.of("flows"), MountPath.of("/data")))
                        // yours: copies, .with(BackedUp.to(…)) here
                        .with(SeededFile.of(ConfigFile.of("settings.js", SETTINGS), MountPath.of("/data/settings.js")))
                        .with(SecretEnv.of(EnvName.of("PASSWORD_HASH"), PASSWORD_HASH)
                                .and(EnvName.of("CREDENTIALS_KEY"), CREDENTIALS_KEY)))
                .runs(ingress) // https
                .provenBy(HttpSmokeTest.of(nodeRed, HttpPath.of("/"), "Node-RED"));
    }
}
