package io.nationtech.harmony.node;

import io.nationtech.harmony.config.file.ConfigFileKind;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.DnsServer;
import io.nationtech.harmony.domain.node.ContainerKind;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Resources of kinds that nobody has heard of. */
public final class Thing {
    private Thing() {}

    /** What others stand on. */
    public record Ground(ResourceName name) implements NodeResource {
        @Override
        public ResourceId id() {
            return new ResourceId(KindName.of("ground"), name);
        }

        @Override
        public Ground named(ResourceName other) {
            return new Ground(other);
        }
    }

    /** What stands on it; all together, whoever wants them. */
    public record House(ResourceName name) implements NodeResource {
        @Override
        public ResourceId id() {
            return new ResourceId(KindName.of("a-house"), name);
        }

        @Override
        public House named(ResourceName other) {
            return new House(other);
        }
    }

    static Ground ground(String name) {
        return new Ground(ResourceName.of(name));
    }

    static House house(String name) {
        return new House(ResourceName.of(name));
    }

    /** Knows these kinds and containers. */
    static JsonFleetCodec codec() {
        return new JsonFleetCodec(ResourceKinds.of(List.of(
                new ContainerKind(),
                new ConfigFileKind(),
                kind("ground", Ground.class),
                kind("a-house", House.class, "ground"))));
    }

    static <R extends Record & NodeResource> ResourceKind<R> kind(String name, Class<R> type, String... after) {
        return new ResourceKind<>() {
            @Override
            public KindName name() {
                return KindName.of(name);
            }

            @Override
            public Class<R> type() {
                return type;
            }

            @Override
            public Class<? extends Capability> needs() {
                return DnsServer.class;
            }

            @Override
            public Set<KindName> after() {
                return Arrays.stream(after).map(KindName::of).collect(Collectors.toSet());
            }
        };
    }
}
