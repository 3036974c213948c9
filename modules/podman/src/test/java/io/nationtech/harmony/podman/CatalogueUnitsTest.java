package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.catalogue.Application;
import io.nationtech.harmony.catalogue.frigate.Frigate;
import io.nationtech.harmony.catalogue.gitea.Gitea;
import io.nationtech.harmony.catalogue.grafana.Grafana;
import io.nationtech.harmony.catalogue.homeassistant.HomeAssistant;
import io.nationtech.harmony.catalogue.immich.Immich;
import io.nationtech.harmony.catalogue.jellyfin.Jellyfin;
import io.nationtech.harmony.catalogue.mosquitto.Mosquitto;
import io.nationtech.harmony.catalogue.nextcloud.Nextcloud;
import io.nationtech.harmony.catalogue.nodered.NodeRed;
import io.nationtech.harmony.catalogue.paperlessngx.PaperlessNgx;
import io.nationtech.harmony.catalogue.pihole.PiHole;
import io.nationtech.harmony.catalogue.vaultwarden.Vaultwarden;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What quadlet's own generator makes of the applications of the catalogue. */
class CatalogueUnitsTest {
    private static final String GENERATOR = "/usr/lib/systemd/system-generators/podman-system-generator";
    private static final String EMPTY = "localhost/harmony-catalogue:1";

    private static List<Deployment<?>> applications() {
        return Stream.<DeploymentModule>of(
                        new Frigate(),
                        new Gitea(),
                        new Grafana(),
                        new HomeAssistant(),
                        new Immich(),
                        new Jellyfin(),
                        new Mosquitto(),
                        new Nextcloud(),
                        new NodeRed(),
                        new PaperlessNgx(),
                        new PiHole(),
                        new Vaultwarden())
                .<Deployment<?>>map(DeploymentModule::deployment)
                .toList();
    }

    private static List<Container> containers(Deployment<?> deployment) {
        return deployment.scores().stream()
                .flatMap(score -> deployment.tasks(score).stream())
                .flatMap(task -> Container.among(task.resources().stream()))
                .toList();
    }

    /** With files and shares of a folder, and devices' groups. */
    private static EquippedContainer equipped(Container container, Path folder) {
        Map<MountedFile, Path> files = Stream.concat(
                        container.storage().files().stream(), container.storage().seeds().stream())
                .collect(Collectors.toMap(
                        file -> file, file -> folder.resolve(file.file().name().value())));
        List<String> shares = container.storage().shares().stream()
                .map(share -> "%s:%s:%s,rslave"
                        .formatted(
                                folder.resolve(share.share().value()),
                                share.at(),
                                EquippedContainer.option(share.access())))
                .toList();
        return EquippedContainer.of(
                container, List.of(), EquippedContainer.mounts(container, files, shares), List.of("--group-add=105"));
    }

    @Test
    void becomeServices(@TempDir Path folder) throws IOException {
        Map<String, Container> units = new TreeMap<>();
        for (Deployment<?> deployment : applications()) {
            for (Container container : containers(deployment)) {
                UnitName name = new UnitName(deployment.name(), container.name());
                new UnitFolder(folder)
                        .write(
                                name,
                                new UnitFile(
                                                name,
                                                equipped(container, folder),
                                                Optional.of(IpAddress.of("192.0.2.7")),
                                                List.of())
                                        .text());
                units.put(name.service(), container);
            }
        }

        Finished finished = new Programs(
                        List.of("env", "QUADLET_UNIT_DIRS=" + folder),
                        Programs.here().path())
                .run(Podman.LOCAL, GENERATOR, "--dryrun");

        assertTrue(finished.succeeded(), finished::toString);
        List<String> lacking = new ArrayList<>();
        units.forEach((service, container) -> {
            String made = service(finished.output(), service);
            if (!made.contains("\nExecStart=/usr/bin/podman run ")
                    || !made.contains(" " + container.image())
                    || !made.contains("--memory=%db "
                            .formatted(container.resources().memoryLimit().bytes()))) {
                lacking.add(service + "\n" + made);
            }
        });
        assertEquals(List.of(), lacking);
        assertEquals(24, units.size());
        assertEquals(
                Application.all().stream().map(Application::name).toList(),
                applications().stream().map(Deployment::name).toList());
    }

    /** Of an image that is empty: what is tried are the words. */
    @Test
    void areMadeByPodman(@TempDir Path folder) throws IOException {
        Programs programs = Programs.here();
        PodmanArguments arguments =
                new PodmanArguments(NodeId.of("catalogue"), Optional.of(IpAddress.of("127.0.0.1")), Optional.empty());
        Path layer = Files.write(folder.resolve("layer.tar"), new byte[1024]);
        List<String> store = List.of(
                "podman", "--root", folder + "/store", "--runroot", folder + "/run", "--tmpdir", folder + "/tmp");
        run(programs, store, List.of("import", layer.toString(), EMPTY));
        try {
            for (Deployment<?> deployment : applications()) {
                for (Container container : containers(deployment)) {
                    EquippedContainer equipped = equipped(container, folder);
                    for (String mount : equipped.mounts()) {
                        Path source = Path.of(mount.split(":")[0]);
                        if (source.startsWith(folder)) {
                            Files.createDirectories(source);
                        }
                    }
                    List<String> words = new ArrayList<>(arguments.create(
                            arguments.name(deployment.name(), container.name()), deployment.name(), equipped));
                    int image = words.indexOf(container.image().toString());
                    words.set(image, EMPTY);
                    // Not every machine that runs tests has one.
                    words.replaceAll(word -> word.replace("/run/dbus:/run/dbus", folder + ":/run/dbus"));
                    if (words.size() == image + 1) {
                        words.add("/program");
                    }
                    run(programs, store, words);
                }
            }
        } finally {
            run(programs, store, List.of("rm", "--all", "--force"));
            run(programs, store, List.of("rmi", "--all", "--force"));
        }
    }

    private static void run(Programs programs, List<String> store, List<String> words) {
        Finished finished = programs.run(
                Podman.LOCAL, Stream.concat(store.stream(), words.stream()).toArray(String[]::new));
        assertTrue(finished.succeeded(), () -> "%s%n%s".formatted(words, finished));
    }

    /** That part of what the generator would write. */
    private static String service(String all, String name) {
        int begin = all.indexOf("---%s---".formatted(name));
        if (begin < 0) {
            return "";
        }
        int end = all.indexOf("\n---", begin);
        return end < 0 ? all.substring(begin) : all.substring(begin, end);
    }
}
