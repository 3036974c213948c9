package io.nationtech.harmony.domain.hardware;

/**
 * How a processor is built.
 *
 * @param sockets packages, 1 to 64
 * @param cores in all sockets, at least one a socket
 * @param threads logical processors in all, at least one a core, at most 8192
 */
public record CpuTopology(int sockets, int cores, int threads) {
    private static final int MOST_SOCKETS = 64;
    private static final int MOST_THREADS = 8_192;

    public CpuTopology {
        Bounds.within("sockets", sockets, 1, MOST_SOCKETS);
        Bounds.within("threads", threads, 1, MOST_THREADS);
        Bounds.within("cores of %d sockets and %d threads".formatted(sockets, threads), cores, sockets, threads);
    }
}
