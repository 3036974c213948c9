package io.nationtech.harmony.mesh.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * TCP ports of this machine at which nobody listens. Each is given once, from below those that the kernel gives to connections by itself
 * (net.ipv4.ip_local_port_range: from 32,768 on), so that nobody else gets it before a test listens there.
 */
public final class FreePort {
    private static final int FIRST = 12_000;
    private static final int COUNT = 8_000;

    /** Programs that run at the same time begin at different places. */
    private static final AtomicInteger GIVEN =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 101 % COUNT));

    private FreePort() {}

    /** One that was not given before. */
    public static int at(InetAddress address) {
        return IntStream.generate(GIVEN::getAndIncrement)
                .limit(COUNT)
                .map(number -> FIRST + number % COUNT)
                .filter(port -> isFree(address, port))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no port of %s is free".formatted(address)));
    }

    private static boolean isFree(InetAddress address, int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, address)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
