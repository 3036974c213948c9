package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.score.HostText;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A text with names of other services in it, of which one at least is written as that service's own. */
record HostUse(List<Part> parts) {
    HostUse {
        parts = List.copyOf(parts);
    }

    /** A part of it. */
    sealed interface Part {
        /** As it is. */
        record Plain(String text) implements Part {}

        /** Where a service is, with a port or without. */
        record Host(String variable, ServiceName service, Optional<Port> port) implements Part {
            String text() {
                return service + port.map(number -> ":" + number).orElse("");
            }
        }

        /** The node itself. */
        record Node() implements Part {
            static final String NAME = "host.containers.internal";
        }
    }

    String text() {
        return parts.stream().map(HostUse::text).collect(Collectors.joining());
    }

    private static String text(Part part) {
        return switch (part) {
            case Part.Plain(String text) -> text;
            case Part.Host host -> host.text();
            case Part.Node _ -> Part.Node.NAME;
        };
    }

    /** As the domain has it. */
    HostText made() {
        Set<ServiceName> reached = parts.stream()
                .filter(Part.Host.class::isInstance)
                .map(part -> ((Part.Host) part).service())
                .collect(Collectors.toSet());
        return new HostText(text(), reached);
    }

    boolean isPlain() {
        return parts.stream().allMatch(Part.Plain.class::isInstance);
    }
}
