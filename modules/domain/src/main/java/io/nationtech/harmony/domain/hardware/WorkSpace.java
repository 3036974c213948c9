package io.nationtech.harmony.domain.hardware;

/**
 * The file system that containers and their data are kept on.
 *
 * @param size of the whole file system, at least 1 byte
 * @param free what work may still write of it
 */
public record WorkSpace(DiskSpace size, DiskSpace free) {
    private static final int PARTS = 10;
    private static final DiskSpace PLENTY = DiskSpace.gibibytes(10);

    public WorkSpace {
        Bounds.within("size of the work space in bytes", size.bytes(), 1, Long.MAX_VALUE);
        Bounds.within("free work space in bytes", free.bytes(), 0, size.bytes());
    }

    /**
     * Whether it will soon be full: less than a tenth of it is free, which is where a kubelet begins to evict pods
     * ({@code nodefs.available<10%}), and less than 10 GiB, as a tenth of a large disk lasts for long.
     */
    public boolean isNearlyFull() {
        return free.bytes() < size.bytes() / PARTS && free.compareTo(PLENTY) < 0;
    }

    @Override
    public String toString() {
        return "%s of %s free".formatted(free, size);
    }
}
