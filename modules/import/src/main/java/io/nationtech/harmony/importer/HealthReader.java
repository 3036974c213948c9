package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.HttpScheme;
import io.nationtech.harmony.domain.node.Probe;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.TcpProbe;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how the health of a service is told; where nothing says so, by its image or its port. */
final class HealthReader {
    private static final Pattern URL = Pattern.compile(
            "\\b(https?)://(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1?])(?::([0-9]{1,5}))?(/[^\\s\"'|;)>&,\\]]*)?");
    private static final Pattern ASKS = Pattern.compile("\\b(curl|wget|fetch)\\b");
    private static final Duration LONGEST_PERIOD = Duration.ofHours(1);
    private static final Duration LONGEST_START = Duration.ofHours(1);

    private final Project project;
    private final Draft draft;

    HealthReader(Project project, Draft draft) {
        this.project = project;
        this.draft = draft;
    }

    void read(Optional<Value> check) {
        check.ifPresent(value -> project.findings().attempt(value.at(), () -> told(value)));
        if (draft.probe.isEmpty()) {
            propose();
        }
    }

    private void propose() {
        Optional<CommandProbe> known = draft.image.flatMap(Images::probe);
        Optional<PublishedPort> port = draft.ports.stream()
                .filter(one -> one.protocol() == Protocol.TCP)
                .findFirst();
        if (known.isPresent()) {
            draft.probe = known.map(probe -> probe);
            draft.probeComment = Optional.of("proposed for this image");
        } else if (port.isPresent()) {
            draft.probe = Optional.of(TcpProbe.of(port.get().node()));
            draft.probeComment =
                    Optional.of("proposed: %s says no health check that can be asked from outside; better a page"
                            .formatted(draft.at.file()));
        }
    }

    private void told(Value check) {
        Value test = check.get("test").orElse(new Value.Nothing(check.at()));
        List<String> words = test.items().stream()
                .map(item -> item instanceof Value.Scalar scalar ? scalar.value() : "")
                .toList();
        boolean isOff = check.get("disable").map(Value::isTrue).orElse(false)
                || (words.size() == 1 && words.getFirst().strip().equalsIgnoreCase("NONE"));
        thresholds(check);
        if (isOff || words.isEmpty() || String.join("", words).isBlank()) {
            return;
        }
        String text = String.join(" ", words);
        draft.probe = http(text, check).or(() -> command(test, words, text, check));
    }

    private Optional<Probe> http(String text, Value check) {
        Matcher url = URL.matcher(
                Holes.filled(text, name -> project.variables().valueOf(name).orElse("0")));
        if (!ASKS.matcher(text).find() || !url.find()) {
            return Optional.empty();
        }
        boolean isTls = url.group(1).equals("https");
        int usual = isTls ? 443 : 80;
        int number = url.group(2) == null ? usual : Integer.parseInt(url.group(2));
        Optional<PublishedPort> port = draft.ports.stream()
                .filter(one -> one.protocol() == Protocol.TCP && one.container().number() == number)
                .findFirst();
        if (port.isEmpty()) {
            return Optional.empty();
        }
        try {
            HttpPath path =
                    HttpPath.of(url.group(3) == null ? "/" : url.group(3).replaceFirst("#.*", ""));
            Port asked = port.get().node();
            HttpScheme scheme = isTls ? HttpScheme.HTTPS : HttpScheme.HTTP;
            HttpProbe plain = HttpProbe.of(asked, path);
            return Optional.of(timed(
                    check,
                    isTls ? plain.overTls() : plain,
                    (period, timeout) -> new HttpProbe(asked, path, period, timeout, scheme)));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private interface Timed {
        Probe of(Duration period, Duration timeout);
    }

    /** With the times that are said, where a probe can have them. */
    private Probe timed(Value check, Probe usual, Timed made) {
        Duration period = time(check, "interval").orElse(usual.period());
        Duration timeout = time(check, "timeout").orElse(usual.timeout());
        boolean isPossible = period.compareTo(Duration.ofSeconds(1)) >= 0
                && period.compareTo(LONGEST_PERIOD) <= 0
                && timeout.isPositive()
                && timeout.compareTo(period) < 0;
        return isPossible ? made.of(period, timeout) : usual;
    }

    private Optional<Duration> time(Value check, String key) {
        return check.get(key).map(project::plain).flatMap(Amounts::time);
    }

    private void thresholds(Value check) {
        HealthThresholds thresholds = HealthThresholds.DEFAULT;
        Optional<Duration> start = time(check, "start_period");
        if (start.isPresent() && start.get().compareTo(thresholds.startup()) > 0) {
            Duration whole = Duration.ofSeconds(Math.min(start.get().toSeconds(), LONGEST_START.toSeconds()));
            thresholds = thresholds.startingWithin(whole);
        }
        String retries = check.get("retries").map(project::plain).orElse("");
        if (retries.matches("[1-9][0-9]?|100")) {
            int count = Integer.parseInt(retries);
            thresholds = thresholds.unhealthyAfter(count).restartedAfter(count);
        }
        draft.thresholds = thresholds;
    }

    private Optional<Probe> command(Value test, List<String> words, String text, Value check) {
        Optional<CommandProbe> known = draft.image.flatMap(Images::probe);
        boolean isOfImage = text.matches(
                "(?s).*\\b(pg_isready|redis-cli|valkey-cli|mysqladmin|mariadb-admin|healthcheck\\.sh)\\b.*");
        List<String> holes = Holes.variables(text);
        if (known.isPresent() && isOfImage) {
            CommandProbe probe = known.get();
            return Optional.of(
                    timed(check, probe, (period, timeout) -> new CommandProbe(probe.command(), period, timeout)));
        }
        boolean isSecret = holes.stream()
                        .anyMatch(name -> SecretWords.isName(name)
                                || project.variables().valueOf(name).isPresent())
                || SecretWords.hasAddressWithPassword(text)
                || project.vault().in(text).isPresent()
                || text.matches("(?s).*\\$\\{?[A-Z_]*(PASSWORD|TOKEN|SECRET|API_KEY)[A-Z_]*.*");
        if (isSecret) {
            project.findings()
                    .note(
                            check.at(),
                            "health check of '%s'".formatted(draft),
                            "has a secret in it, which no probe has: say another by probedBy(…)");
            return Optional.empty();
        }
        CommandProbe probe;
        try {
            probe = CommandProbe.of(new Arguments(program(test, words)));
        } catch (InvalidValueException e) {
            project.findings()
                    .note(check.at(), "health check of '%s'".formatted(draft), "cannot be said: " + e.getMessage());
            return Optional.empty();
        }
        return Optional.of(
                timed(check, probe, (period, timeout) -> new CommandProbe(probe.command(), period, timeout)));
    }

    private List<String> program(Value test, List<String> words) {
        List<String> filled =
                words.stream().map(word -> Holes.filled(word, _ -> "")).toList();
        if (!(test instanceof Value.Items)) {
            return List.of("/bin/sh", "-c", filled.getFirst());
        }
        return switch (filled.getFirst().strip().toUpperCase(Locale.ROOT)) {
            case "CMD" -> filled.size() > 1 ? filled.subList(1, filled.size()) : List.of("/bin/sh", "-c", "true");
            case "CMD-SHELL" -> List.of("/bin/sh", "-c", String.join(" ", filled.subList(1, filled.size())));
            default -> filled;
        };
    }
}
