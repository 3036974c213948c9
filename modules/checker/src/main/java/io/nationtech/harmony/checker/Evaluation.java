package io.nationtech.harmony.checker;

import com.sun.source.util.TreePath;

/** What an expression comes to during compilation. */
sealed interface Evaluation {

    /** A constant, as the object that it will be at run time. */
    record Known(Object value) implements Evaluation {}

    /** Known only when the program runs. */
    record AtRunTime() implements Evaluation {}

    /** A constant in form, but made by classes that cannot run yet, as they are being compiled. */
    record NotRunnable() implements Evaluation {}

    /** A call on constants that fails, now as it would at run time. */
    record Refused(Finding finding) implements Evaluation {
        static Refused at(TreePath place, String message, String detail) {
            return new Refused(new Finding(place, Finding.Weight.ERROR, message, detail));
        }
    }

    Evaluation AT_RUN_TIME = new AtRunTime();
    Evaluation NOT_RUNNABLE = new NotRunnable();
}
