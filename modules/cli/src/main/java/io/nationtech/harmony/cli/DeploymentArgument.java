package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The deployment that a command is about, by name. */
final class DeploymentArgument {
    private DeploymentArgument() {}

    /** It must be named. */
    static final class Required {
        @Parameters(paramLabel = "<deployment>", converter = Read.class, description = "a deployment's name")
        private Optional<DeploymentName> deployment = Optional.empty();

        DeploymentName name() {
            return deployment.orElseThrow();
        }
    }

    /** It may be named; all are meant otherwise. */
    static final class AtWill {
        @Parameters(
                paramLabel = "<deployment>",
                arity = "0..1",
                converter = Read.class,
                description = "only this deployment")
        private Optional<DeploymentName> deployment = Optional.empty();

        Optional<DeploymentName> name() {
            return deployment;
        }
    }

    static CommandFailedException unknown(DeploymentName name) {
        return new CommandFailedException(
                ExitCode.FAILED,
                new Cause(
                        "no node is told anything of deployment '%s'".formatted(name),
                        "mesh, desired state",
                        "`harmony status` lists the deployments"));
    }

    static CommandFailedException elsewhere(DeploymentName name) {
        return new CommandFailedException(
                ExitCode.FAILED,
                new Cause(
                        "none of the nodes that are named or selected is told anything of deployment '%s'"
                                .formatted(name),
                        "mesh, desired state",
                        "`harmony status %s` shows on which nodes it is".formatted(name)));
    }

    /** Reads a name. */
    static final class Read implements ITypeConverter<DeploymentName> {
        @Override
        public DeploymentName convert(String text) {
            try {
                return DeploymentName.of(text);
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
