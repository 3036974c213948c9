package io.nationtech.harmony.form;

import io.nationtech.harmony.domain.hardware.OsVersion;
import io.nationtech.harmony.domain.node.Since;
import io.nationtech.harmony.domain.value.Cidr;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.SecretRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A record with one component of each kind. */
public record Garden(
        NodeId name,
        Soil soil,
        Memory memory,
        Cidr block,
        IpAddress address,
        OsVersion system,
        List<Bed> beds,
        Set<Port> ports,
        Map<NodeId, String> labels,
        Optional<SecretRef> key,
        Watering watering,
        @Since(2) Fence fence,
        List<Plant> plants,
        Duration period,
        Instant since,
        boolean open,
        int area,
        long seeds) {

    /** An enum with a word of two parts and one that came later. */
    public enum Soil {
        LOAM,
        HEAVY_CLAY,
        @Since(3)
        PEAT
    }

    /** A record in a list, with a rule over its parts. */
    public record Bed(Port from, Port to) {
        public Bed {
            if (from.compareTo(to) > 0) {
                throw new InvalidValueException("bed runs backwards from %s to %s".formatted(from, to));
            }
        }
    }

    /** A group with a default. */
    public record Watering(
            Optional<Duration> every,
            List<String> steps,
            @Since(4) Optional<Port> valve) {
        public static final Watering DEFAULT = new Watering(Optional.empty(), List.of(), Optional.empty());
    }

    /** An enum with a default. */
    public enum Fence {
        NONE,
        HEDGE;

        public static final Fence DEFAULT = NONE;
    }

    /** One of several, one of which holds its kind. */
    public sealed interface Plant {

        /** Without parts. */
        record Fern() implements Plant {}

        /** With one number, which is no scalar here. */
        record AppleTree(int height) implements Plant {}

        /** Which holds others of its kind. */
        @Since(5)
        record Graft(Plant stock, List<Plant> scions) implements Plant {}
    }

    static Garden plain() {
        return new Garden(
                NodeId.of("n1"),
                Soil.HEAVY_CLAY,
                Memory.mebibytes(1),
                Cidr.of("192.0.2.0/24"),
                IpAddress.of("2001:db8::7"),
                OsVersion.of("6.12.48"),
                List.of(),
                Set.of(),
                Map.of(),
                Optional.empty(),
                Watering.DEFAULT,
                Fence.NONE,
                List.of(),
                Duration.ofSeconds(10),
                Instant.parse("2026-11-25T12:00:00Z"),
                true,
                3,
                5_000_000_000L);
    }

    Garden with(Soil other) {
        return new Garden(
                name, other, memory, block, address, system, beds, ports, labels, key, watering, fence, plants, period,
                since, open, area, seeds);
    }

    Garden with(Fence other) {
        return new Garden(
                name, soil, memory, block, address, system, beds, ports, labels, key, watering, other, plants, period,
                since, open, area, seeds);
    }

    Garden with(Watering other) {
        return new Garden(
                name, soil, memory, block, address, system, beds, ports, labels, key, other, fence, plants, period,
                since, open, area, seeds);
    }

    Garden with(Plant... others) {
        return new Garden(
                name,
                soil,
                memory,
                block,
                address,
                system,
                beds,
                ports,
                labels,
                key,
                watering,
                fence,
                List.of(others),
                period,
                since,
                open,
                area,
                seeds);
    }

    Garden full() {
        return new Garden(
                name,
                soil,
                memory,
                block,
                address,
                system,
                List.of(new Bed(Port.of(1), Port.of(2)), new Bed(Port.of(3), Port.of(3))),
                Set.of(Port.of(443), Port.of(80), Port.of(8080)),
                Map.of(NodeId.of("b"), "two", NodeId.of("a"), "one"),
                Optional.of(SecretRef.parse("token")),
                new Watering(Optional.of(Duration.ofHours(1)), List.of("open", "close"), Optional.of(Port.of(7))),
                Fence.HEDGE,
                List.of(new Plant.Fern(), new Plant.Graft(new Plant.AppleTree(2), List.of(new Plant.AppleTree(1)))),
                period,
                since,
                open,
                area,
                seeds);
    }
}
