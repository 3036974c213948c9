package io.nationtech.harmony.agent;

import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.openbao.OpenBaoSettings;
import io.nationtech.harmony.secrets.openbao.OpenBaoToken;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an operating agent finds the secrets of its deployments.
 *
 * @param environment whose secrets
 * @param folder where the encrypted stores are
 * @param key the file of the private key that opens the store
 * @param server asked instead of the store, if there is one
 */
record SecretsSettings(EnvironmentName environment, Path folder, Path key, Optional<Server> server) {

    /** A server of OpenBao or Vault, and the token to ask it with. */
    record Server(OpenBaoSettings settings, OpenBaoToken token) {}
}
