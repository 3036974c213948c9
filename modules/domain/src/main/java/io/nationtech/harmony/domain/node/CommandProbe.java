package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.Port;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs a program of a container in it, beside its process; it is healthy when that ends with exit code 0. A program that is not over in time
 * counts as failed, and may go on in the container until that is started again.
 *
 * @param command the program with its arguments, as its image has it; no shell
 */
@Since(4)
public record CommandProbe(Arguments command, Duration period, Duration timeout) implements Probe {
    private static final Duration PROGRAMS_TIMEOUT = Duration.ofSeconds(5);

    public CommandProbe {
        ProbeTimes.require(period, timeout);
    }

    /** A probe every ten seconds that waits five for its end, as a program has to start first. */
    public static CommandProbe of(Arguments command) {
        return new CommandProbe(command, USUAL_PERIOD, PROGRAMS_TIMEOUT);
    }

    /** Of PostgreSQL, by its own pg_isready(1). */
    public static CommandProbe postgres() {
        return of(Arguments.of("pg_isready", "--quiet", "--host", "127.0.0.1"));
    }

    /** Of Redis, by its own client. */
    public static CommandProbe redis() {
        return of(Arguments.of("redis-cli", "ping"));
    }

    /** Of MariaDB, by the script that its images bring. */
    public static CommandProbe mariadb() {
        return of(Arguments.of("healthcheck.sh", "--connect", "--innodb_initialized"));
    }

    @Override
    public Optional<Port> asked() {
        return Optional.empty();
    }

    /** What is run and how often, on one line for people. */
    @Override
    public String toString() {
        return ProbeTimes.text("run %s".formatted(String.join(" ", command.words())), this);
    }
}
