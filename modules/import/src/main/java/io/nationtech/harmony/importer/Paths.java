package io.nationtech.harmony.importer;

import java.util.Set;
import java.util.regex.Pattern;

/** What a folder or file of a machine is taken for, by its path. */
final class Paths {
    private static final Pattern ENGINE =
            Pattern.compile("(docker|podman|containerd)(-?\\w*)\\.sock|DOCKER_?SOCK", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME_ZONE = Pattern.compile("/(etc/(localtime|timezone)|usr/share/zoneinfo)(/.*)?");
    private static final Pattern SYSTEM = Pattern.compile(
            "/|/(sys|proc|run|var/run|etc|lib|lib64|usr|boot|var/log|var/lib|opt/vc|bin|sbin|root|snap|var/cache|var/spool|tmp|dev)(/.*)?");
    /** Where one keeps what containers keep: everybody's word for it is another. */
    private static final Pattern OWN_VARIABLE = Pattern.compile(
            "APP_?DATA|APPDATA|DATA_?DIR|DATA_?PATH|DOCKER|CONFIG|CONF(_|$)|VOLUME|BASE_?DIR|BASE_?PATH|PERSIST|STACK|DB_?DATA|DATA_LOCATION|COMPOSE|"
                    + "INSTALL|ROOT_DIR|^PWD$|PROJECT|SERVICE_DATA|APP_ID|APPID",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern MEDIA = Pattern.compile(
            "(media|music|movie|film|(^|/)tv(/|$)|serie|show|photo|picture|image|gallery|download|document|book|comic|manga|audio|podcast|video|torrent|usenet|"
                    + "librar|storage|share|consume|export|import|upload|backup|roms|recording|^/mnt/|/home(/|$)|/Users|MEDIA|UPLOAD|DOWNLOAD|LIBRARY|PHOTO)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern OWN_PLACE = Pattern.compile(
            "/(appdata|docker|containers?|container-?volumes?|docker-volumes|config|apps?|stacks?|opt|srv|data)(/|$)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern OF_MACHINE = Pattern.compile(
            "/(proc|sys|dev|run|var/run|lib|usr|boot|bin|sbin)/.*|/etc/(os-release|passwd|group|shadow|hosts|hostname|resolv\\.conf|machine-id|ssl|ca-certificates|fstab|mtab)(/.*)?");
    private static final Set<String> KEYS = Set.of("/", "/etc", "/run", "/var", "/var/lib", "/var/run");
    private static final Pattern CONFIGURATION = Pattern.compile(
            "[^/]\\.(conf|config|cfg|cnf|ya?ml|json5?|toml|ini|env|pem|crt|cert|key|sh|py|xml|txt|properties|sql|lua|js|mjs|ts|tmpl|template|tpl|hcl|rules|"
                    + "list|htpasswd|php|vcl|css|html|acl|flux|csv|alloy|river|cf|example|passwd|md|mo)$|/(Caddyfile|Corefile|crontab|torrc\\S*|hosts|passwd|pwfile|"
                    + "\\.htpasswd|Dockerfile|resolv\\.conf|\\.env)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DATA_FILE = Pattern.compile(
            "[^/]\\.(db|sqlite3?|log|dat|bin|cache|lock|pid|mmdb)$|acme\\.json$", Pattern.CASE_INSENSITIVE);

    private Paths() {}

    static boolean isEngine(String path) {
        return ENGINE.matcher(path).find();
    }

    static boolean isTimeZone(String path) {
        return TIME_ZONE.matcher(path).matches();
    }

    static boolean isSystem(String path) {
        return SYSTEM.matcher(path).matches();
    }

    /** What the machine itself is told by, and not what somebody put there for a container. */
    static boolean isOfMachine(String path) {
        return OF_MACHINE.matcher(path).matches();
    }

    /** Whether Harmony's or the engine's own folders lie below it. */
    static boolean holdsKeys(String path) {
        return KEYS.contains(path);
    }

    /** Whether it lies beside the source, or where the application's own data is by all that can be seen. */
    static boolean isOwn(String path) {
        if (path.startsWith(".")) {
            return true;
        }
        boolean isMedia = MEDIA.matcher(Holes.shown(path)).find();
        for (String variable : Holes.variables(path)) {
            return OWN_VARIABLE.matcher(variable).find() || (!isMedia && !path.equals(Holes.hole(variable)));
        }
        boolean isTop = path.indexOf('/', 1) < 0;
        return !isMedia && !isTop && OWN_PLACE.matcher(path).find();
    }

    static boolean isFile(String path) {
        return (CONFIGURATION.matcher(path).find() || DATA_FILE.matcher(path).find()) && !path.endsWith(".d");
    }

    static boolean isDataFile(String path) {
        return DATA_FILE.matcher(path).find();
    }

    /** A name for what is there: its last names, without what says nothing. */
    static String name(String path) {
        String shown = Holes.shown(path).replaceAll("[${}]", "");
        String relevant = shown.replaceFirst("^(\\.\\.?/|~/|/)+", "").replaceFirst("/+$", "");
        String[] names = relevant.split("/+", -1);
        String last = names[names.length - 1];
        return Vault.label(names.length > 1 && last.length() < 12 ? names[names.length - 2] + "-" + last : last);
    }
}
