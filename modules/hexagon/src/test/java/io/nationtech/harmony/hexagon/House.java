package io.nationtech.harmony.hexagon;

import static io.nationtech.harmony.hexagon.Role.ADAPTER;
import static io.nationtech.harmony.hexagon.Role.APPLICATION;
import static io.nationtech.harmony.hexagon.Role.BUILD_TOOL;
import static io.nationtech.harmony.hexagon.Role.COMPOSITION_ROOT;
import static io.nationtech.harmony.hexagon.Role.DEPLOYMENT;
import static io.nationtech.harmony.hexagon.Role.DOMAIN;
import static io.nationtech.harmony.hexagon.Role.KIND;
import static io.nationtech.harmony.hexagon.Role.LIBRARY;
import static io.nationtech.harmony.hexagon.Role.PORT;
import static io.nationtech.harmony.hexagon.Role.RULES;
import static io.nationtech.harmony.hexagon.Role.TEST_SUPPORT;
import static io.nationtech.harmony.hexagon.Role.TRANSLATOR;

import java.util.Map;

/** The one list of Harmony's modules. A new module gets a line here; its Maven module becomes a dependency of this one's pom. */
final class House {
    static final String PREFIX = "io.nationtech.harmony.";

    static final Map<String, Role> MODULES = Map.ofEntries(
            Map.entry("domain", DOMAIN),
            Map.entry("files", LIBRARY),
            Map.entry("programs", LIBRARY),
            Map.entry("certificates", LIBRARY),
            Map.entry("mesh", PORT),
            Map.entry("fleet", PORT),
            Map.entry("driver", PORT),
            Map.entry("form", PORT),
            Map.entry("graph", PORT),
            Map.entry("secrets", PORT),
            Map.entry("seed", PORT),
            Map.entry("hardware.source", PORT),
            Map.entry("node", APPLICATION),
            Map.entry("containers", APPLICATION),
            Map.entry("borrowed.data", KIND),
            Map.entry("config.file", KIND),
            Map.entry("docker.socket", KIND),
            Map.entry("endpoint", KIND),
            Map.entry("ingress", KIND),
            Map.entry("resolver", KIND),
            Map.entry("backup", KIND),
            Map.entry("engine", APPLICATION),
            Map.entry("placement", APPLICATION),
            Map.entry("rollout", PORT),
            Map.entry("config", APPLICATION),
            Map.entry("rules", RULES),
            Map.entry("operator", APPLICATION),
            Map.entry("project", APPLICATION),
            Map.entry("catalogue", TRANSLATOR),
            Map.entry("importer", TRANSLATOR),
            Map.entry("mesh.memory", ADAPTER),
            Map.entry("mesh.nats", ADAPTER),
            Map.entry("fleet.json", ADAPTER),
            Map.entry("podman", ADAPTER),
            Map.entry("registry", ADAPTER),
            Map.entry("nats.identity", ADAPTER),
            Map.entry("haproxy", ADAPTER),
            Map.entry("nameservers", ADAPTER),
            Map.entry("restic", ADAPTER),
            Map.entry("journal.file", ADAPTER),
            Map.entry("journal.mesh", ADAPTER),
            Map.entry("secrets.age", ADAPTER),
            Map.entry("secrets.openbao", ADAPTER),
            Map.entry("systemd", ADAPTER),
            Map.entry("disks", ADAPTER),
            Map.entry("os.update", ADAPTER),
            Map.entry("hardware.detection", ADAPTER),
            Map.entry("hardware.cpu", ADAPTER),
            Map.entry("hardware.memory", ADAPTER),
            Map.entry("hardware.storage", ADAPTER),
            Map.entry("hardware.network", ADAPTER),
            Map.entry("hardware.pci", ADAPTER),
            Map.entry("hardware.usb", ADAPTER),
            Map.entry("hardware.gpu", ADAPTER),
            Map.entry("hardware.tpm", ADAPTER),
            Map.entry("hardware.gpio", ADAPTER),
            Map.entry("hardware.camera", ADAPTER),
            Map.entry("hardware.power", ADAPTER),
            Map.entry("hardware.platform", ADAPTER),
            Map.entry("guestbook", DEPLOYMENT),
            Map.entry("website", DEPLOYMENT),
            Map.entry("cli", COMPOSITION_ROOT),
            Map.entry("agent", COMPOSITION_ROOT),
            Map.entry("installer", COMPOSITION_ROOT),
            Map.entry("qemu", COMPOSITION_ROOT),
            Map.entry("checker", BUILD_TOOL),
            Map.entry("corpus", TEST_SUPPORT),
            Map.entry("mesh.contract", TEST_SUPPORT),
            Map.entry("journal.contract", TEST_SUPPORT),
            Map.entry("hardware.trees", TEST_SUPPORT),
            Map.entry("secrets.contract", TEST_SUPPORT),
            Map.entry("driver.contract", TEST_SUPPORT),
            Map.entry("runtime.memory", TEST_SUPPORT));

    private House() {}
}
