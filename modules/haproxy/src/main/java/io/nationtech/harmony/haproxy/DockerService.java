package io.nationtech.harmony.haproxy;

import java.nio.file.Path;
import java.util.Optional;

/** A node's container engine as something that can be asked by sockets: under systemd, or by itself where there is none. It outlives the agent. */
sealed interface DockerService permits DockerDaemons, DockerUnits {

    /** Where the engine answers whatever it is asked; empty while there is none. */
    Optional<Path> control();

    /** Where it answers what runs. */
    Optional<Path> listing();

    /**
     * Begins it, unless it answers.
     *
     * @return why it does not run
     */
    Optional<String> start();

    /** Ends it, with all that listens to it. */
    void stop();

    /** Whether the engine answers, also through the filter. */
    default boolean isRunning() {
        // Without "\n": that is added.
        return listing()
                .flatMap(socket -> new CommandSocket(socket).ask("GET /_ping HTTP/1.0\r\n\r", ProxyProcess.QUICKLY))
                .filter(answer -> answer.contains(" 200 "))
                .isPresent();
    }
}
