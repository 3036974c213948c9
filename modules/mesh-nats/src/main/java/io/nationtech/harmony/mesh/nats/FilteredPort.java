package io.nationtech.harmony.mesh.nats;

import io.nats.client.Connection;
import io.nats.client.Options;
import io.nats.client.impl.SocketDataPortWithWriteTimeout;
import java.io.IOException;
import javax.net.ssl.SSLSocket;

/**
 * A connection's socket, read through a {@link WireFilter}, until the server is silent for too long. Public as jnats makes it, by its name; of no
 * use to others.
 */
@SuppressWarnings("exports") // jnats alone sees it
public final class FilteredPort extends SocketDataPortWithWriteTimeout {
    private static final int BUFFER = 8 * 1024;

    private final WireFilter filter = new WireFilter();
    private final Silence silence = new Silence();
    private long pings = -1;
    private final byte[] raw = new byte[BUFFER];
    private byte[] passed = new byte[0];
    private int taken;

    /** For jnats. */
    public FilteredPort() {}

    @Override
    public void upgradeToSecure() throws IOException {
        // Before TLS it has one thing to say only: how it is. More is why it takes nobody in just now.
        if (taken < passed.length || in.available() > 0) {
            throw new IOException("the server takes nobody in just now");
        }
        Options options = ((Connection) connection).getOptions();
        SSLSocket secure = Tls.over(socket, options.getSslContext(), host, port, options.getConnectionTimeout());
        socket = secure;
        in = secure.getInputStream();
        out = secure.getOutputStream();
        isSecure = true;
    }

    @Override
    public int read(byte[] dst, int off, int len) throws IOException {
        while (taken == passed.length) {
            listen();
            int count = super.read(raw, 0, raw.length);
            if (count < 0) {
                return count;
            }
            passed = filter.pass(raw, count);
            taken = 0;
        }
        int length = Math.min(len, passed.length - taken);
        System.arraycopy(passed, taken, dst, off, length);
        taken += length;
        return length;
    }

    /** For so long, and no longer. */
    private void listen() throws IOException {
        if (filter.pings() > pings) {
            if (filter.pings() > 0) {
                silence.pinged(System.nanoTime());
            }
            pings = filter.pings();
            socket.setSoTimeout(Math.toIntExact(silence.allowed().toMillis()));
        }
    }
}
