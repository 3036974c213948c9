package io.nationtech.harmony.domain.value;

/** A number of processes and threads: 1 to 32,768, which is as many as a kernel counts by default (kernel.pid_max, proc_sys_kernel(5)). */
public record ProcessCount(int count) {
    private static final int MOST = 32_768;

    public ProcessCount {
        if (count < 1 || count > MOST) {
            throw new InvalidValueException("%d processes are outside 1..%d".formatted(count, MOST));
        }
    }

    /**
     * @throws InvalidValueException when {@code count} is outside 1..32768
     */
    public static ProcessCount of(int count) {
        return new ProcessCount(count);
    }

    @Override
    public String toString() {
        return Integer.toString(count);
    }
}
