package io.nationtech.harmony.operator;

import io.nationtech.harmony.config.ConfigException;
import io.nationtech.harmony.config.SchemaException;

/** Where the settings of a deployment come from. */
@FunctionalInterface
public interface SettingsSource {

    /**
     * Reads settings.
     *
     * @throws ConfigException with all that is missing or invalid at once
     * @throws SchemaException when the record cannot hold settings
     */
    <S extends Record> S read(Class<S> type);
}
