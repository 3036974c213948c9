package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.node.AgentRun;
import io.nationtech.harmony.form.Sha256;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * This run of the agent on this machine, told apart from that of another machine with a copy of its card. A machine is known by the serial
 * numbers of its board, which stay when a network card is exchanged; one without, by the addresses of its network interfaces. They leave it
 * only as part of a digest.
 */
final class OwnRun {
    private static final String APPLICATION = "io.nationtech.harmony.machine";
    private static final int MARK = 16;
    private static final List<String> SERIALS = List.of(
            "sys/class/dmi/id/product_uuid",
            "sys/class/dmi/id/product_serial",
            "sys/class/dmi/id/board_serial",
            "proc/device-tree/serial-number");
    private static final List<String> MODELS = List.of(
            "sys/class/dmi/id/product_name", "sys/class/dmi/id/board_name", "proc/device-tree/model", "etc/hostname");
    private static final String INTERFACES = "sys/class/net";

    /** What makers leave in where they should have written something; the UUID is that of many boards. */
    private static final Predicate<String> IS_SAID = Pattern.compile(
                    "(?i)(|to be filled by.*|default.*|system (serial|product|manufacturer).*|not .*|none|unknown|o\\.?e\\.?m\\.?|[0.x-]+|[f-]+|0?123456789.*|03000200-0400-0500-0006-000700080009)")
            .asMatchPredicate()
            .negate();

    private OwnRun() {}

    static AgentRun of(Given given, RandomGenerator chance, Instant now) {
        byte[] start = new byte[MARK / 2];
        chance.nextBytes(start);
        return new AgentRun(
                machine(given),
                HexFormat.of().formatHex(start),
                now,
                said(given, MODELS).findFirst().orElse("a machine without a name"));
    }

    private static String machine(Given given) {
        List<String> serials = said(given, SERIALS).toList();
        List<String> marks = serials.isEmpty() ? interfaces(given) : serials;
        return Sha256.hex(APPLICATION + "\n" + String.join("\n", marks)).substring(0, MARK);
    }

    /** Those with a device behind them: what software makes has another address each time. */
    private static List<String> interfaces(Given given) {
        return given.names(INTERFACES).stream()
                .filter(name -> given.exists("%s/%s/device".formatted(INTERFACES, name)))
                .map(name ->
                        given.file("%s/%s/address".formatted(INTERFACES, name)).strip())
                .sorted()
                .toList();
    }

    private static Stream<String> said(Given given, List<String> files) {
        return files.stream()
                .map(given::file)
                .map(text -> text.replace("\0", "").strip())
                .filter(IS_SAID);
    }
}
