package io.nationtech.harmony.domain.hardware;

/**
 * What a node could not find out about itself.
 *
 * @param source which detection failed, as in {@code storage}
 * @param what it looked at, as in {@code /sys/block/sda}
 * @param why it saw nothing, for people
 */
public record Unread(ModelName source, ModelName what, ModelName why) {
    @Override
    public String toString() {
        return "%s: %s (%s)".formatted(source, what, why);
    }
}
