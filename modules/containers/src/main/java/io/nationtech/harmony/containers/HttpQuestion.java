package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.value.IpAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a container for its probe's page (RFC 9112). Who answers may be broken or hostile: the whole exchange ends within the probe's
 * timeout, however slowly it goes on, and no more is read than the line that tells the status. The JDK's own clients promise neither.
 */
final class HttpQuestion {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9][0-9])( .*)?");
    private static final int LONGEST_LINE = 8192;
    /** Interim answers (RFC 9110 §15.2) before the real one, with their headers. */
    private static final int MOST_LINES = 64;

    private static final int FIRST_FINAL = 200;
    private static final int REDIRECT_AND_BEYOND = 400;

    private final IpAddress address;
    private final LongSupplier nanoTime;

    HttpQuestion(IpAddress address, LongSupplier nanoTime) {
        this.address = address;
        this.nanoTime = nanoTime;
    }

    /** Whether the answer is 200 to 399. */
    boolean isAnsweredWell(HttpProbe probe) {
        long end = nanoTime.getAsLong() + probe.timeout().toNanos();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.address(), probe.port().number()), millisUntil(end));
            socket.getOutputStream().write(request(probe).getBytes(StandardCharsets.US_ASCII));
            int status = status(new Lines(socket, end));
            return status >= FIRST_FINAL && status < REDIRECT_AND_BEYOND;
        } catch (IOException e) {
            return false;
        }
    }

    private String request(HttpProbe probe) {
        String host = address.address() instanceof Inet6Address ? "[" + address + "]" : address.toString();
        return "GET %s HTTP/1.1\r\nHost: %s:%s\r\nUser-Agent: harmony\r\nAccept: */*\r\nConnection: close\r\n\r\n"
                .formatted(probe.path(), host, probe.port());
    }

    private static int status(Lines lines) throws IOException {
        int status = 0;
        for (int read = 0; read < MOST_LINES; read++) {
            String line = lines.next();
            Matcher matcher = STATUS.matcher(line);
            if (status == 0 && matcher.matches()) {
                status = Integer.parseInt(matcher.group(1));
                if (status >= FIRST_FINAL) {
                    return status;
                }
            } else if (status == 0) {
                throw new IOException("not HTTP");
            } else if (line.isEmpty()) {
                status = 0;
            }
        }
        throw new IOException("no end of interim answers");
    }

    private int millisUntil(long end) throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(end - nanoTime.getAsLong());
        if (millis < 1) {
            throw new SocketTimeoutException();
        }
        return Math.toIntExact(millis);
    }

    private final class Lines {
        private final Socket socket;
        private final InputStream in;
        private final long end;
        private final byte[] buffer = new byte[1024];
        private int filled;
        private int used;

        Lines(Socket socket, long end) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.end = end;
        }

        /** Without the line's end. */
        String next() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int character = read(); character != '\n'; character = read()) {
                line.write(character);
                if (line.size() > LONGEST_LINE) {
                    throw new IOException("a line without end");
                }
            }
            return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        }

        private byte read() throws IOException {
            if (used == filled) {
                // For what is left of the whole: a timeout for each read would begin anew with each byte.
                socket.setSoTimeout(millisUntil(end));
                filled = in.read(buffer);
                used = 0;
                if (filled < 1) {
                    throw new IOException("it ended too soon");
                }
            }
            return buffer[used++];
        }
    }
}
