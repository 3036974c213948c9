package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.programs.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How many questions a second knot answers as nodes run it, beside a bare one with the same zone, and how many it drops while the zone changes. */
final class DnsBench {
    private static final int NAMES = 1_000;
    private static final int ROUNDS = 7;
    private static final String SECONDS = "3";
    private static final IpAddress BARE = IpAddress.of("127.88.0.2");

    private DnsBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("bench-dns");
        Names names = new Names();
        KnotDriver driver = names.driver(Files.createDirectory(folder.resolve("driver")));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path questions = Files.writeString(
                folder.resolve("questions"),
                IntStream.range(0, NAMES)
                        .mapToObj("m%d.home.example A\n"::formatted)
                        .collect(Collectors.joining()));
        requireServed(names.serve(driver, Names.SITE, zone(0)));
        Process bare = bare(Files.createDirectory(folder.resolve("bare")));
        try {
            report(names, driver, questions);
        } finally {
            bare.destroy();
            bare.waitFor();
            driver.converge(Map.of(), _ -> Means.NONE);
        }
    }

    private static void report(Names names, KnotDriver driver, Path questions) throws Exception {
        List<Double> own = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            // Each is first as often as second, but for one.
            if (round % 2 == 0) {
                own.add(perSecond(Names.AT, questions));
            }
            others.add(perSecond(BARE, questions));
            if (round % 2 == 1) {
                own.add(perSecond(Names.AT, questions));
            }
            ratios.add(own.getLast() / others.getLast());
            System.out.printf("%,.0f questions/s, bare %,.0f%n", own.getLast(), others.getLast());
        }
        Process asking = dnsperf(Names.AT, questions, "-Q", "5000");
        List<Double> changes = new ArrayList<>();
        while (asking.isAlive()) {
            long begin = System.nanoTime();
            requireServed(names.serve(driver, Names.SITE, zone(changes.size() + 1)));
            changes.add((System.nanoTime() - begin) / 1e6);
        }
        String said = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.printf(
                Locale.ROOT,
                "bench-dns dns_ratio=%.2f per_s=%.0f bare_per_s=%.0f dropped=%.0f changes=%d change_ms=%.0f%n",
                median(ratios),
                median(own),
                median(others),
                number(said, "Queries lost: +([0-9]+)"),
                changes.size(),
                median(changes));
    }

    private static void requireServed(Outcome outcome) {
        if (outcome instanceof Outcome.Failed(var cause)) {
            throw new IllegalStateException(cause.toString());
        }
    }

    private static DnsZone zone(int version) {
        return Names.zone(
                "home",
                Names.HOME,
                Names.at("version.home.example", "10.0.1." + version % 250),
                IntStream.range(0, NAMES)
                        .mapToObj(number -> Names.at(
                                "m%d.home.example".formatted(number),
                                "10.1.%d.%d".formatted(number / 250, number % 250)))
                        .toArray(DnsRecord[]::new));
    }

    private static Process bare(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("home.example.zone"),
                ZoneFile.of(new Owned(Names.SITE, zone(0).id()), zone(0), List.of(), 1)
                        .text());
        Path config =
                Files.writeString(folder.resolve("knot.conf"), """
                server:
                    rundir: "%1$s"
                    listen: "%2$s@53"
                database:
                    storage: "%1$s"
                template:
                  - id: default
                    storage: "%1$s"
                    file: "%%s.zone"
                zone:
                  - domain: %3$s
                """.formatted(folder, BARE, DnsName.of("home.example")));
        return Program.of("knotd", "-c", config.toString()).inBackground();
    }

    private static double perSecond(IpAddress server, Path questions) throws IOException {
        Process asking = dnsperf(server, questions);
        return number(
                new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                "Queries per second: +([0-9.]+)");
    }

    private static Process dnsperf(IpAddress server, Path questions, String... more) throws IOException {
        return new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        "dnsperf",
                                        "-s",
                                        server.toString(),
                                        "-d",
                                        questions.toString(),
                                        "-l",
                                        SECONDS,
                                        "-c",
                                        "8"),
                                Stream.of(more))
                        .toList())
                .redirectErrorStream(true)
                .start();
    }

    private static double number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(text);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
