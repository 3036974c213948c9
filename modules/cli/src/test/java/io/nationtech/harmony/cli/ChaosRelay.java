package io.nationtech.harmony.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Passes connections on to a server, whatever is said some time later: for a kernel that cannot hold packets back. */
final class ChaosRelay implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;

    private final ServerSocket door;
    private final InetSocketAddress server;
    private final Map<InetAddress, Duration> delays = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What was said, to be passed on then. */
    private record Said(byte[] bytes, long due) {}

    private ChaosRelay(ServerSocket door, InetSocketAddress server) {
        this.door = door;
        this.server = server;
    }

    static ChaosRelay start(String server) throws IOException {
        InetSocketAddress here = ChaosNetwork.relay(server);
        ChaosRelay relay =
                new ChaosRelay(new ServerSocket(here.getPort(), 50, here.getAddress()), ChaosNetwork.of(server));
        Thread.ofVirtual().start(relay::accept);
        return relay;
    }

    /** For connections from an address, those that come after this. */
    void delay(InetAddress from, Duration delay) {
        delays.put(from, delay);
    }

    /** Ends all connections from an address. */
    void end(InetAddress from) {
        open.stream().filter(socket -> from.equals(socket.getInetAddress())).forEach(ChaosRelay::close);
    }

    private void accept() {
        try {
            while (true) {
                Socket caller = door.accept();
                Duration delay = delays.getOrDefault(caller.getInetAddress(), Duration.ZERO);
                Socket called = new Socket(server.getAddress(), server.getPort());
                open.add(caller);
                pass(caller, called, delay);
                pass(called, caller, delay);
            }
        } catch (IOException e) {
            // It is closed, or the server is away: whoever calls is not answered.
            if (!door.isClosed()) {
                Thread.ofVirtual().start(this::accept);
            }
        }
    }

    private void pass(Socket from, Socket to, Duration delay) {
        BlockingQueue<Said> under = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> listen(from, under, delay));
        Thread.ofVirtual().start(() -> speak(under, from, to));
    }

    private static void listen(Socket from, BlockingQueue<Said> under, Duration delay) {
        byte[] chunk = new byte[CHUNK];
        int length = 0;
        while (length >= 0) {
            try {
                length = from.getInputStream().read(chunk);
            } catch (IOException e) {
                length = -1;
            }
            under.add(new Said(Arrays.copyOf(chunk, Math.max(0, length)), System.nanoTime() + delay.toNanos()));
        }
    }

    /** Until nothing more comes, which is an empty word. */
    private void speak(BlockingQueue<Said> under, Socket from, Socket to) {
        try {
            Said said = under.take();
            while (said.bytes().length > 0) {
                TimeUnit.NANOSECONDS.sleep(said.due() - System.nanoTime());
                to.getOutputStream().write(said.bytes());
                said = under.take();
            }
        } catch (IOException e) {
            // One end is gone, so the other goes.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(from);
        close(to);
        open.remove(from);
        open.remove(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        open.forEach(ChaosRelay::close);
    }
}
