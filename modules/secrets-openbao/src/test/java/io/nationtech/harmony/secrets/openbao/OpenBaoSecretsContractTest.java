package io.nationtech.harmony.secrets.openbao;

import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.contract.SecretsContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/** Against {@link BaoStub}: no binary of OpenBao can be had from the package sources of this build. */
class OpenBaoSecretsContractTest extends SecretsContract {
    private final BaoStub bao;

    OpenBaoSecretsContractTest() throws IOException {
        bao = BaoStub.start();
    }

    @AfterEach
    void stop() throws IOException {
        bao.close();
    }

    @Override
    protected Secrets connect() {
        return new OpenBaoSecrets(
                OpenBaoSettings.of(bao.address(), "harmony/prod"),
                new OpenBaoToken.Given(Secret.takeFrom(BaoStub.TOKEN.toCharArray())));
    }
}
