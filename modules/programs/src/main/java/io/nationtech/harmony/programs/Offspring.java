package io.nationtech.harmony.programs;

/** What becomes of what a program started, when it is killed. When it ends by itself, all that goes on is left alone. */
public sealed interface Offspring {
    /** It is killed, also what has become another's child since: a mark of its own tells it. */
    record DiesWithIt() implements Offspring {}

    /** All that has this mark is killed. */
    record MarkedSo(Mark mark) implements Offspring {}

    /** Only its children, and theirs, are killed; what has become another's child since stays. */
    record Stays() implements Offspring {}
}
