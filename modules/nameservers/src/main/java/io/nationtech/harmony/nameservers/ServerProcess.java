package io.nationtech.harmony.nameservers;

import java.util.Optional;

/** A name server as something that runs: under systemd, or by itself where there is none. Either outlives the agent. */
sealed interface ServerProcess permits ServerDaemon, ServerUnit {

    /** As whom it is to go on once it has its ports; empty when it is somebody from the beginning. */
    Optional<String> becomes();

    /**
     * Begins it with the configuration that there is; returns when it answers.
     *
     * @return why it does not run
     */
    Optional<String> start();

    /** Ends it. */
    void stop();
}
