package io.nationtech.harmony.seed;

import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.seed.Key.Section;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reads a seed, and finds everything that is wrong with it before it says so. */
final class SeedReading {
    private static final int MOST_PROBLEMS = 20;
    private static final int MOST_VALUES = 10;
    private static final int LONGEST_TEXT = 200;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final List<Problem> problems = new ArrayList<>();
    private final SeedLines lines;

    SeedReading(String text) {
        lines = new SeedLines(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text, problems);
    }

    Seed.Parsed read() {
        Seed seed = new Seed(network(), wifi(), mesh(), node(), install(), installation());
        if (problems.isEmpty()) {
            return new Seed.Parsed.Good(seed);
        }
        return new Seed.Parsed.Bad(problems.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .limit(MOST_PROBLEMS)
                .toList());
    }

    private Network network() {
        Optional<InterfaceAddress> address = value(Key.ADDRESS, InterfaceAddress::of);
        Optional<IpAddress> gateway = value(Key.GATEWAY, IpAddress::of);
        List<IpAddress> dns =
                value(Key.DNS, text -> listed(text, IpAddress::of)).orElse(List.of());
        if (address.isPresent()) {
            gateway.filter(other -> !address.get().isBeside(other))
                    .ifPresent(other ->
                            refuse(Key.GATEWAY, "%s is not in the network of %s".formatted(other, address.get())));
            return new Network.Fixed(address.get(), gateway, dns);
        }
        // Of a misspelt address that would be the second thing to be said.
        if (problems.isEmpty() && lines.line(Key.ADDRESS).isEmpty() && gateway.isPresent()) {
            refuse(Key.GATEWAY, "without an address, the network tells the gateway; leave this out, or add `address`");
        }
        return new Network.Automatic(dns);
    }

    private Optional<Wifi> wifi() {
        Optional<String> ssid = value(Key.SSID, Wifi::requireSsid);
        Optional<String> passphrase = value(Key.PASSPHRASE, Wifi::requirePassphrase);
        requireAll(Section.WIFI, Key.SSID, Key.PASSPHRASE);
        return ssid.flatMap(name -> passphrase.map(word -> new Wifi(name, word)));
    }

    private Optional<Mesh> mesh() {
        Optional<List<MeshServer>> servers = value(Key.SERVERS, text -> listed(text, MeshServer::of));
        Optional<Certificates> authority = value(Key.CA, text -> new Certificates(file(text)));
        Optional<NodeLogin> login = value(Key.LOGIN, text -> new NodeLogin(file(text)));
        requireAll(Section.MESH, Key.SERVERS);
        return servers.map(some -> new Mesh(some, authority, login));
    }

    private NodeSettings node() {
        return new NodeSettings(
                value(Key.NAME, NodeId::of),
                value(Key.SITE, SiteName::of),
                value(Key.FAILURE_DOMAIN, FailureDomain::of),
                value(Key.REGISTRIES, text -> new Registries(file(text))));
    }

    private Optional<Install> install() {
        Optional<DiskSize> least = value(Key.MIN_SIZE, DiskSize::of);
        Optional<DiskSize> most = value(Key.MAX_SIZE, DiskSize::of);
        if (least.isPresent()
                && most.isPresent()
                && least.get().bytes() > most.get().bytes()) {
            refuse(Key.MAX_SIZE, "%s is less than min-size, %s: no disk is so".formatted(most.get(), least.get()));
        }
        Install install = new Install(
                value(Key.DISK, SeedReading::path),
                value(Key.MODEL, SeedReading::text),
                value(Key.SERIAL, SeedReading::text),
                new Install.Sizes(least, most),
                value(Key.ERASE, SeedReading::text));
        return lines.begin(Section.INSTALL).map(_ -> install);
    }

    private Optional<Installation> installation() {
        requireAll(Section.INSTALLATION, Key.ID, Key.ONTO);
        Optional<String> onto = value(Key.ONTO, SeedReading::text);
        Optional<Instant> finished = value(Key.FINISHED, SeedReading::time);
        return value(Key.ID, SeedReading::number).flatMap(id -> onto.map(disk -> new Installation(id, disk, finished)));
    }

    private void requireAll(Section section, Key... keys) {
        lines.begin(section)
                .ifPresent(line -> Arrays.stream(keys)
                        .filter(key -> lines.line(key).isEmpty())
                        .forEach(key ->
                                problems.add(new Problem(line, "%s has no '%s'".formatted(section, key.word())))));
    }

    private static String path(String text) {
        if (!text.matches("/dev/[A-Za-z0-9/_.:+-]{1,100}")) {
            throw new InvalidValueException(
                    "'%s' is not a disk as the kernel names it; write it as in /dev/nvme0n1".formatted(text));
        }
        return text;
    }

    private static String text(String text) {
        if (text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException(
                    "%d characters are more than %d, or some are no text".formatted(text.length(), LONGEST_TEXT));
        }
        return text;
    }

    private static UUID number(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(
                    "the installer writes this section; take it out to install from this stick again");
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidValueException("'%s' is not a time; write it as in 2026-11-30T22:00:00Z".formatted(text));
        }
    }

    private static <T> List<T> listed(String text, Function<String, T> one) {
        List<T> all =
                Arrays.stream(text.split(",", -1)).map(String::strip).map(one).toList();
        if (all.size() > MOST_VALUES) {
            throw new InvalidValueException("%d are more than %d".formatted(all.size(), MOST_VALUES));
        }
        return all;
    }

    /** A whole file, in one line. */
    private static String file(String text) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(text)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new InvalidValueException(
                    "this is not the base64 of a file, in one line; `base64 -w0 <file>` writes it, or let `harmony usb create` put the file here");
        }
    }

    private <T> Optional<T> value(Key key, Function<String, T> parser) {
        try {
            return lines.line(key).map(SeedLines.Line::value).map(parser);
        } catch (InvalidValueException e) {
            refuse(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void refuse(Key key, String what) {
        int line = lines.line(key).map(SeedLines.Line::number).orElse(1);
        problems.add(new Problem(line, "%s: %s".formatted(key, what)));
    }
}
