package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;

/** A node's answer to an {@link ExecRequest}. */
public sealed interface ExecReply {

    /**
     * It ran.
     *
     * @param code with which it ended, 0 to 255; 125 to 127 also when it could not be begun, as podman has it
     */
    record Exited(int code, Output output, Output errors) implements ExecReply {
        private static final int HIGHEST = 255;

        public Exited {
            if (code < 0 || code > HIGHEST) {
                throw new InvalidValueException("exit code %d is outside 0..%d".formatted(code, HIGHEST));
            }
        }
    }

    /** It was begun, and had to be ended, or nobody knows how it ended. */
    record Failed(Cause cause, Output output, Output errors) implements ExecReply {}

    /** Nothing was run. */
    record Refused(Cause cause) implements ExecReply {}

    /**
     * What it wrote to one of its streams.
     *
     * @param begin as much of it as an answer takes
     * @param written how many bytes it wrote
     */
    record Output(Octets begin, long written) {
        /** Whether some of it is left out. */
        public boolean isCut() {
            return written > begin.size();
        }
    }
}
