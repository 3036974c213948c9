package io.nationtech.harmony.endpoint;

import io.nationtech.harmony.domain.value.EnvText;

/**
 * Text with the host name of an endpoint in it, for those who use that: {@code MQTT.address().after("mqtt://")}. Made by {@link Endpoint}, so that the
 * name is one that is there.
 */
public record EndpointText(String text, Endpoint endpoint) {
    public EndpointText {
        EnvText.of(text);
    }

    static EndpointText of(Endpoint endpoint) {
        return new EndpointText(endpoint.name().value(), endpoint);
    }

    /** With something before it, as in {@code after("http://")}. */
    public EndpointText after(String beginning) {
        return new EndpointText(beginning + text, endpoint);
    }

    /** With something behind it, as in {@code before("/api")}. */
    public EndpointText before(String end) {
        return new EndpointText(text + end, endpoint);
    }

    @Override
    public String toString() {
        return text;
    }
}
