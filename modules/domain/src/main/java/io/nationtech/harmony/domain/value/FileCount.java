package io.nationtech.harmony.domain.value;

/** A number of open files: 16 to 1,048,576, which is as many as the kernel allows a process by default (fs.nr_open, proc_sys_fs(5)). */
public record FileCount(int count) {
    private static final int LEAST = 16;
    private static final int MOST = 1_048_576;

    public FileCount {
        if (count < LEAST || count > MOST) {
            throw new InvalidValueException("%d open files are outside %d..%d".formatted(count, LEAST, MOST));
        }
    }

    /**
     * @throws InvalidValueException when {@code count} is outside 16..1048576
     */
    public static FileCount of(int count) {
        return new FileCount(count);
    }

    @Override
    public String toString() {
        return Integer.toString(count);
    }
}
