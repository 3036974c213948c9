package io.nationtech.harmony.haproxy;

import java.time.Duration;
import java.util.Optional;

/** The proxy as something that runs: under systemd, or by itself where there is none. Either outlives the agent. */
sealed interface ProxyProcess permits ProxyDaemon, ProxyUnit {
    Duration QUICKLY = Duration.ofSeconds(2);
    Duration PATIENTLY = Duration.ofSeconds(20);

    /** By which its master process is told to read its configuration again. */
    CommandSocket master();

    /** By which its worker tells how what is behind it is. */
    CommandSocket worker();

    /** Lines of the configuration that say as whom it runs. */
    String identity();

    /**
     * Begins it with the configuration that there is.
     *
     * @return why it does not run
     */
    Optional<String> start();

    /** Ends it, with all connections. */
    void stop();

    default boolean isRunning() {
        return master().ask("show version", QUICKLY)
                .filter(answer -> !answer.isBlank())
                .isPresent();
    }

    /**
     * Has it take up the configuration that there is. Connections go on; what they began is answered by the process that they began with.
     *
     * @return why it goes on with the one that it had
     */
    default Optional<String> reload() {
        Optional<String> answer = master().ask("reload", PATIENTLY);
        return answer.filter(text -> text.startsWith("Success=1")).isPresent()
                ? Optional.empty()
                : Optional.of(answer.orElse("it does not answer"));
    }
}
