package io.nationtech.harmony.programs;

/** Looks at a program that runs long. Asked about twice a second, by the thread that waits for the program. */
public interface Watch {
    /** What becomes of the program. */
    enum Verdict {
        GO_ON,
        KILL
    }

    /** Whether it may go on. */
    Verdict look();
}
