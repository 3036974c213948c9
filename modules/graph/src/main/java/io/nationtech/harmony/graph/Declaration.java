package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.graph.ResourceGraph.Declared;
import java.util.Optional;

/** Works out what is declared, in code that the framework did not write. */
final class Declaration {
    private Declaration() {}

    static <S extends Record> S resolve(Declared<S, ?> declared, Output.Outputs outputs) throws DriverException {
        try {
            return declared.desired().resolve(outputs);
        } catch (Throwable e) {
            // The edge to code of a deployment: whatever it throws is the cause why this resource is not deployed.
            String message = Optional.ofNullable(e.getMessage()).orElse("no message");
            throw new DriverException(
                    new Cause(
                            "the declaration of %s throws %s: %s"
                                    .formatted(declared.id(), e.getClass().getSimpleName(), message),
                            declared.id().toString(),
                            "mend the function that makes it from the outputs of " + declared.parts()),
                    DriverException.Persistence.PERMANENT);
        }
    }
}
