package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Which node. */
final class NodeArgument {
    @Parameters(paramLabel = "<id>", converter = ReadId.class, description = "a node's id, as in `harmony node list`")
    private Optional<NodeId> id = Optional.empty();

    NodeId id() {
        return id.orElseThrow();
    }

    CommandFailedException unknown() {
        return unknown(id());
    }

    static CommandFailedException unknown(NodeId id) {
        return new CommandFailedException(
                ExitCode.FAILED,
                new Cause(
                        "no node '%s' ever registered".formatted(id),
                        "mesh, node info",
                        "`harmony node list` shows the nodes"));
    }

    /** Reads an id. */
    static final class ReadId implements ITypeConverter<NodeId> {
        @Override
        public NodeId convert(String text) {
            try {
                return NodeId.of(text);
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
