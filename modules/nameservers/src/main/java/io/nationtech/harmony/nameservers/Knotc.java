package io.nationtech.harmony.nameservers;

import static io.nationtech.harmony.nameservers.Installed.PROGRAMS;

import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.driver.LocalPrograms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks a running knot by its socket, and has configurations and zones checked without one: {@code knotc(8)}. */
record Knotc(Path program, Path socket) {
    private static final Duration AT_MOST = Duration.ofSeconds(10);
    private static final String SECONDS = "5";
    private static final Pattern SERIAL = Pattern.compile("\\[(\\S+)\\.] serial: (\\d+)");
    private static final Pattern COUNT = Pattern.compile("\\[(\\S+)\\.] mod-stats\\.request-protocol\\[\\S+] = (\\d+)");

    private LocalPrograms.Result tell(String... words) {
        return run(Stream.concat(Stream.of("-s", socket.toString(), "-t", SECONDS), Stream.of(words)));
    }

    private LocalPrograms.Result run(Stream<String> words) {
        return PROGRAMS.run(
                AT_MOST, Stream.concat(Stream.of(program.toString()), words).toList());
    }

    boolean isAnswered() {
        return tell("status").succeeded();
    }

    /** Why a configuration cannot be taken up. */
    Optional<String> check(Path config) {
        return failure(run(Stream.of("-c", config.toString(), "conf-check")));
    }

    /** Why a zone of a configuration cannot be served as it is meant; also what knot would serve with a warning. */
    Optional<String> check(Path config, DnsName zone) {
        return failure(run(Stream.of("-c", config.toString(), "-f", "zone-check", zone.value())));
    }

    /** Reads its configuration again, and zones that are new. */
    Optional<String> reload() {
        return failure(tell("reload"));
    }

    /** Reads these zones again. */
    Optional<String> reload(Collection<DnsName> zones) {
        return zones.isEmpty()
                ? Optional.empty()
                : failure(tell(
                        Stream.concat(Stream.of("zone-reload"), zones.stream().map(DnsName::value))
                                .toArray(String[]::new)));
    }

    private static Optional<String> failure(LocalPrograms.Result ended) {
        return ended.succeeded() ? Optional.empty() : Optional.of(ended.output());
    }

    /** The serials of the zones that it serves; empty when it does not answer. */
    Optional<SortedMap<DnsName, Long>> serials() {
        LocalPrograms.Result ended = tell("zone-status", "+serial");
        return ended.succeeded() ? Optional.of(numbers(SERIAL, ended.output())) : Optional.empty();
    }

    /** How often it was asked by each zone since it began. */
    SortedMap<DnsName, Long> questions(Collection<DnsName> zones) {
        SortedMap<DnsName, Long> all = new TreeMap<>();
        for (DnsName zone : zones) {
            LocalPrograms.Result ended = tell("zone-stats", zone.value(), "mod-stats.request-protocol");
            if (ended.succeeded()) {
                all.putAll(numbers(COUNT, ended.output()));
            }
        }
        return all;
    }

    private static SortedMap<DnsName, Long> numbers(Pattern form, String output) {
        SortedMap<DnsName, Long> numbers = new TreeMap<>();
        for (String line : output.lines().toList()) {
            Matcher matcher = form.matcher(line);
            if (matcher.matches()) {
                name(matcher.group(1))
                        .ifPresent(zone -> numbers.merge(zone, Long.valueOf(matcher.group(2)), Long::sum));
            }
        }
        return numbers;
    }

    private static Optional<DnsName> name(String text) {
        try {
            return Optional.of(DnsName.of(text));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }
}
