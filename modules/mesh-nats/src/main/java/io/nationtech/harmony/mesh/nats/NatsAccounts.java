package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nats.client.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tells servers of accounts, as somebody whose login is of the account by which servers are managed. */
public final class NatsAccounts {
    private static final String UPDATE = "$SYS.REQ.CLAIMS.UPDATE";
    private static final String DONE = "\"code\":200";

    private NatsAccounts() {}

    /**
     * Returns once a server has taken up an account's new word, which is newer than the one before; it tells the others. Connections of
     * logins that it revokes are ended.
     *
     * @param account as servers read it, a JWT
     * @throws MeshUnavailableException when no server can be asked, or it refuses
     */
    public static void update(NatsOptions options, String account) {
        try (NatsLink link = new NatsLink(options)) {
            link.connectNow();
            String answer = answer(link, account);
            if (!answer.contains(DONE)) {
                throw refused(options, "the server does not take what is told of the account: " + answer);
            }
        }
    }

    private static String answer(NatsLink link, String account) {
        try {
            Message answer = link.up()
                    .request(UPDATE, account.getBytes(StandardCharsets.US_ASCII))
                    .get(link.options().requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return new String(answer.getData(), StandardCharsets.UTF_8);
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            throw link.failed("take what is told of the account", new IOException("no answer", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(link.options(), "interrupted while the server was told of the account");
        }
    }

    private static MeshUnavailableException refused(NatsOptions options, String what) {
        return new MeshUnavailableException(new Cause(
                what, options.where(), "look at the server's log; its configuration is that of `harmony mesh server`"));
    }
}
