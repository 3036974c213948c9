package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.RegistryHost;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of images: how they are named in full, what tells their health, and what they do beyond the least. */
final class Images {
    private static final String DOCKER = "docker.io";

    /**
     * Images whose entrypoints begin as root, make their data their own and go on as another user, by their own scripts:
     * {@code docker-entrypoint.sh} of docker-library/{postgres,mysql,mariadb,redis,mongo,rabbitmq,nginx,wordpress,ghost,memcached,influxdb-data},
     * nextcloud/docker, valkey-io/valkey-container, immich-app/base-images (PostgreSQL), pgvector, timescale and postgis, which are made of postgres,
     * go-gitea/gitea (s6, USER_UID), dani-garcia/vaultwarden runs as root and is not among them.
     */
    private static final Set<String> START_AS_ROOT = Set.of(
            "postgres",
            "postgresql",
            "postgis",
            "pgvector",
            "timescaledb",
            "timescaledb-ha",
            "mysql",
            "mariadb",
            "percona",
            "redis",
            "valkey",
            "redis-stack",
            "redis-stack-server",
            "keydb",
            "mongo",
            "mongodb",
            "rabbitmq",
            "nginx",
            "wordpress",
            "ghost",
            "nextcloud",
            "influxdb",
            "gitea",
            "forgejo",
            "httpd",
            "caddy",
            "paperless-ngx",
            "pihole",
            "drupal",
            "joomla",
            "matomo",
            "phpmyadmin");
    /** Those that also write among their image's files: nginx its caches and configuration, web applications in PHP their own code. */
    private static final Set<String> WRITABLE_ROOT = Set.of(
            "nginx",
            "wordpress",
            "nextcloud",
            "ghost",
            "httpd",
            "drupal",
            "joomla",
            "matomo",
            "phpmyadmin",
            "gitea",
            "forgejo",
            "rabbitmq",
            "paperless-ngx",
            "pihole",
            "homeassistant",
            "home-assistant");
    /** Who builds all images on s6-overlay, which begins as root and writes below /etc: linuxserver/docker-baseimage-*, hotio, binhex. */
    private static final Set<String> S6_OWNERS = Set.of("linuxserver", "lscr.io", "hotio", "binhex", "jlesage");

    /** Registries that give most of their images to whoever asks. */
    private static final Set<String> FOR_EVERYBODY = Set.of(
            DOCKER,
            "ghcr.io",
            "quay.io",
            "lscr.io",
            "gcr.io",
            "registry.k8s.io",
            "mcr.microsoft.com",
            "public.ecr.aws",
            "docker.elastic.co",
            "docker.n8n.io",
            "cr.hotio.dev",
            "codeberg.org",
            "registry.gitlab.com",
            "registry.internal");

    private Images() {}

    /** Whether nobody is likely to be asked who they are there. */
    static boolean isForEverybody(RegistryHost registry) {
        return FOR_EVERYBODY.contains(registry.value());
    }

    /** A reference with registry and tag, as compose and podman complete it. */
    static ImageReference complete(String image) {
        String name = image.strip().replaceFirst("^(docker://|https?://)", "");
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean namesRegistry = first.contains(".") || first.contains(":") || first.equals("localhost");
        String full = namesRegistry ? name : slash < 0 ? DOCKER + "/library/" + name : DOCKER + "/" + name;
        String last = full.substring(full.lastIndexOf('/') + 1);
        // A tag beside a digest says nothing more, and may be one that ImageReference does not take.
        return ImageReference.floating(last.contains(":") || last.contains("@") ? full : full + ":latest");
    }

    /** Its last name: {@code postgres} of {@code docker.io/library/postgres:17}. */
    static String product(ImageReference image) {
        String last = image.value().substring(image.value().lastIndexOf('/') + 1);
        return last.replaceFirst("[:@].*$", "");
    }

    static boolean isPostgres(ImageReference image) {
        return Set.of("postgres", "postgresql", "postgis", "pgvector", "timescaledb", "pgvecto-rs")
                .contains(product(image));
    }

    /** A probe for an image that brings what it runs. */
    static Optional<CommandProbe> probe(ImageReference image) {
        if (isPostgres(image)) {
            return Optional.of(CommandProbe.postgres());
        }
        return switch (product(image)) {
            // As its own HEALTHCHECK: whether the tunnel is up.
            case "gluetun" -> Optional.of(CommandProbe.of(Arguments.of("/gluetun-entrypoint", "healthcheck")));
            case "redis" -> Optional.of(CommandProbe.redis());
            case "mariadb" -> Optional.of(CommandProbe.mariadb());
            case "valkey" -> Optional.of(CommandProbe.of(Arguments.of("valkey-cli", "ping")));
            // Answers also to those whom it would not let in.
            case "mysql" -> Optional.of(CommandProbe.of(Arguments.of("mysqladmin", "ping", "-h", "127.0.0.1")));
            default -> Optional.empty();
        };
    }

    /** What the entrypoints of docker-library put before words that begin with an option. */
    static Optional<String> program(ImageReference image) {
        return switch (product(image)) {
            case "redis" -> Optional.of("redis-server");
            case "valkey" -> Optional.of("valkey-server");
            case "postgres" -> Optional.of("postgres");
            case "mysql" -> Optional.of("mysqld");
            case "mariadb" -> Optional.of("mariadbd");
            case "mongo" -> Optional.of("mongod");
            default -> Optional.empty();
        };
    }

    private static boolean isOfS6(ImageReference image, Set<String> environment) {
        return List.of(image.value().split("/")).stream().anyMatch(S6_OWNERS::contains) || environment.contains("PUID");
    }

    /** What an image does beyond the least, as far as that is known, and why. */
    static Map<Privilege, String> needs(ImageReference image, Set<String> environment) {
        if (isOfS6(image, environment)) {
            return Map.of(
                    Privilege.START_AS_ROOT,
                    "its init begins as root and goes on as PUID",
                    Privilege.WRITABLE_ROOT,
                    "its init writes below /etc");
        }
        Map<Privilege, String> needs = new EnumMap<>(Privilege.class);
        if (START_AS_ROOT.contains(product(image))) {
            needs.put(Privilege.START_AS_ROOT, "its entrypoint makes its data its own and goes on as another user");
        }
        if (WRITABLE_ROOT.contains(product(image))) {
            needs.put(Privilege.WRITABLE_ROOT, "it writes among its image's files");
        }
        return needs;
    }
}
