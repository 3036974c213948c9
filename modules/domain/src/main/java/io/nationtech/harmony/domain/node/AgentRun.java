package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Which run of an agent, on which machine, speaks for a node. A copied card gives a second machine the first one's id, key and folder;
 * this is by what they are told apart.
 *
 * @param machine the same for each run on one machine, and another on every other: 16 hexadecimal digits, of which its serial numbers
 *     cannot be found out
 * @param start unlike that of every other run: 16 hexadecimal digits
 * @param since when it began, by the clock of its machine, in whole seconds
 * @param model the machine's, for people
 */
public record AgentRun(String machine, String start, Instant since, String model) {
    private static final Pattern MARK = Pattern.compile("[0-9a-f]{16}");
    private static final int LONGEST_MODEL = 100;

    public AgentRun {
        require(machine);
        require(start);
        since = since.truncatedTo(ChronoUnit.SECONDS);
        model = model.replaceAll("\\p{Cntrl}", "?");
        if (model.length() > LONGEST_MODEL) {
            model = model.substring(0, LONGEST_MODEL);
        }
    }

    private static void require(String mark) {
        if (!MARK.matcher(mark).matches()) {
            throw new InvalidValueException("'%s' is not 16 hexadecimal digits".formatted(mark));
        }
    }

    /** Whether the other one runs, or ran, on the same machine. */
    public boolean isOnMachineOf(AgentRun other) {
        return machine.equals(other.machine);
    }
}
