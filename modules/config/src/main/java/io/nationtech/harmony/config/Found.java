package io.nationtech.harmony.config;

import java.util.Optional;

/** A setting with the value itself, which is not shown to anybody. */
record Found(Schema.Field field, Setting.State state, Optional<Object> value) {

    Setting setting() {
        return new Setting(field.key(), field.type(), state);
    }

    static Found known(Schema.Field field, Origin origin, String shown, Object value) {
        return new Found(field, new Setting.State.Known(origin, shown), Optional.of(value));
    }

    static Found without(Schema.Field field, Setting.State state) {
        return new Found(field, state, Optional.empty());
    }
}
