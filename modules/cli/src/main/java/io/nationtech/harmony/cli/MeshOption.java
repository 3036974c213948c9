package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.mesh.nats.NatsAccess;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.operator.LoadedModule;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where the mesh is. */
final class MeshOption {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration RESYNC = Duration.ofSeconds(10);

    @Option(
            names = "--mesh",
            paramLabel = "<url>",
            split = ",",
            defaultValue = "${env:HARMONY_MESH:-nats://127.0.0.1:4222}",
            converter = ReadAddress.class,
            description = "where the mesh is; several addresses with commas (environment: HARMONY_MESH;"
                    + " now: ${DEFAULT-VALUE})")
    private List<NatsAddress> servers = List.of();

    MeshSession open() {
        return open(ResourceKinds.installed());
    }

    /** With the kinds of resources that a deployment's modules bring. */
    MeshSession open(LoadedModule module) {
        return open(module.kinds());
    }

    private MeshSession open(ResourceKinds kinds) {
        return MeshSession.open(
                new NatsOptions(servers, "harmony command line", ANSWER, RESYNC, NatsAccess.OPEN), kinds);
    }

    /** Reads one address. */
    static final class ReadAddress implements ITypeConverter<NatsAddress> {
        @Override
        public NatsAddress convert(String text) {
            try {
                return NatsAddress.parse(text.strip());
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
