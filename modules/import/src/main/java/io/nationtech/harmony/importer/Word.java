package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.score.ServiceScore;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One thing that is said of a service: as it is written, and what it does. The two stand side by side, so that what is written has been made once
 * already, with all that its values and their relations refuse.
 *
 * @param arguments values of the domain, or {@link HostUse}, {@link Reference} and {@link Waiting}
 * @param comment that stands above it
 */
record Word(String method, List<Object> arguments, Optional<String> comment, UnaryOperator<ServiceScore<?>> effect) {
    static Word of(String method, UnaryOperator<ServiceScore<?>> effect, Object... arguments) {
        return new Word(method, List.of(arguments), Optional.empty(), effect);
    }

    Word saying(String why) {
        return new Word(method, arguments, Optional.of(why), effect);
    }
}
