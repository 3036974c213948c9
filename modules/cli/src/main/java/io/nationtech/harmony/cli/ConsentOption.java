package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.graph.Consent;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What may be lost. */
final class ConsentOption {
    @Option(
            names = "--accept-loss",
            paramLabel = "<kind/name>",
            converter = ReadResource.class,
            description = "a resource that holds data and may be deleted or replaced; again for each")
    private List<ResourceId> resources = List.of();

    Consent consent() {
        return resources.isEmpty() ? new Consent.Nothing() : new Consent.These(Set.copyOf(resources));
    }

    /** Reads one. */
    static final class ReadResource implements ITypeConverter<ResourceId> {
        @Override
        public ResourceId convert(String text) {
            try {
                return ResourceId.parse(text);
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
