package io.nationtech.harmony.catalogue.grafana;

import io.nationtech.harmony.config.file.ConfigFile;
import io.nationtech.harmony.config.file.MountedConfig;
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
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.SecretEnv;
import io.nationtech.harmony.domain.score.Secrets;
import io.nationtech.harmony.domain.score.Together;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
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

/** Pictures of measurements, with InfluxDB, which keeps them. */
public final class Grafana implements DeploymentModule {
    /** Of user admin in Grafana. */
    private static final SecretRef GRAFANA_PASSWORD = SecretRef.of("grafana-admin-password");

    /** Of user admin in InfluxDB, 8 characters or more. */
    private static final SecretRef INFLUXDB_PASSWORD = SecretRef.of("influxdb-admin-password");

    /** With which Grafana reads InfluxDB, and others write into it: a long random text. */
    private static final SecretRef INFLUXDB_TOKEN = SecretRef.of("influxdb-token");

    private static final Port INFLUXDB_PORT = Port.of(8086);

    /** What nodes must offer. */
    interface Home extends ContainerRuntime, SecretStore, VolumeStore, TlsRouter {}

    @Override
    public Deployment<Home> deployment() {
        var home = Topology.of(TopologyName.of("home"), Home.class, Site.of("home"));
        // yours: the name by which browsers find it
        var url = HttpsUrl.of(DnsName.of("grafana.home.arpa")); // https
        var influxdb = ContainerService.named(ServiceName.of("influxdb"))
                .image(
                        ImageReference.of(
                                "docker.io/library/influxdb:2.9.1-alpine@sha256:1cb8fa92ff9d13518d8198dae872b7ea523757a03c655d12a67175b1ab7a72f0"))
                // for what measures elsewhere; only Grafana reads it? then say publishesNothing() and a CommandProbe
                .publishes(INFLUXDB_PORT)
                .probedAt(HttpPath.of("/health"))
                .memoryLimit(Memory.gibibytes(1))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(5)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(256)))
                .env(EnvName.of("DOCKER_INFLUXDB_INIT_MODE"), EnvText.of("setup"))
                .env(EnvName.of("DOCKER_INFLUXDB_INIT_USERNAME"), EnvText.of("admin"))
                .env(EnvName.of("DOCKER_INFLUXDB_INIT_ORG"), EnvText.of("home"))
                .env(EnvName.of("DOCKER_INFLUXDB_INIT_BUCKET"), EnvText.of("home"))
                // yours: how long measurements are kept; without, for ever
                .env(EnvName.of("DOCKER_INFLUXDB_INIT_RETENTION"), EnvText.of("365d"))
                .user(UserId.of(1000), GroupId.of(1000));
        var grafana = ContainerService.named(ServiceName.of("grafana"))
                .image(
                        ImageReference.of(
                                "docker.io/grafana/grafana:13.2.0@sha256:3fd54ae1214669f8355f065ec9f6445d5279a3d77095ab048ca045685272429b"))
                .publishes(Port.of(3000))
                .probedAt(HttpPath.of("/api/health"))
                .memoryLimit(Memory.mebibytes(512))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(5)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(256)))
                .env(EnvName.of("GF_SECURITY_ADMIN_PASSWORD__FILE"), EnvText.of("/run/secrets/grafana-admin-password"))
                .env(EnvName.of("GF_PLUGINS_PREINSTALL_AUTO_UPDATE"), EnvText.of("false"))
                .env(EnvName.of("GF_ANALYTICS_REPORTING_ENABLED"), EnvText.of("false"))
                .env(EnvName.of("GF_SERVER_ROOT_URL"), url.text()) // https
                .after(influxdb.healthy())
                .user(UserId.of(472), GroupId.of(0));
        var source = ConfigFile.of("influxdb.yaml", """
                apiVersion: 1
                datasources:
                  - name: InfluxDB
                    type: influxdb
                    access: proxy
                    url: http://%s
                    isDefault: true
                    jsonData:
                      version: Flux
                      organization: home
                      defaultBucket: home
                    secureJsonData:
                      token: "\
                """.formatted(
                                influxdb.address(INFLUXDB_PORT).text()))
                .then(INFLUXDB_TOKEN)
                .then("\"\n");
        var ingress = Ingress.<Home>of(url, grafana); // https
        return Deployment.named(DeploymentName.of("grafana"))
                .on(home)
                .runs(Together.<Home>of(
                        ServiceName.of("app"),
                        grafana.volumes(Volume.of(DataName.of("dashboards"), MountPath.of("/var/lib/grafana")))
                                .with(Secrets.of(GRAFANA_PASSWORD))
                                .with(MountedConfig.withSecrets(
                                        source, MountPath.of("/etc/grafana/provisioning/datasources/influxdb.yaml"))),
                        // yours: copies, .with(BackedUp.to(…)) behind the volumes
                        influxdb.volumes(
                                        Volume.of(DataName.of("measurements"), MountPath.of("/var/lib/influxdb2")),
                                        Volume.of(DataName.of("influxdb-settings"), MountPath.of("/etc/influxdb2")))
                                .with(SecretEnv.of(EnvName.of("DOCKER_INFLUXDB_INIT_PASSWORD"), INFLUXDB_PASSWORD)
                                        .and(EnvName.of("DOCKER_INFLUXDB_INIT_ADMIN_TOKEN"), INFLUXDB_TOKEN))))
                .runs(ingress) // https
                .provenBy(
                        HttpSmokeTest.of(grafana, HttpPath.of("/api/health"), "\"database\""),
                        HttpSmokeTest.of(influxdb, HttpPath.of("/health"), "pass"));
    }
}
