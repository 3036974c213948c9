package io.nationtech.harmony.form;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where in a form its reader is, and how it reads. The path is put together when somebody complains only. */
final class Place {
    private static final int DEEPEST = 32;
    private static final int LONGEST_NAME = 60;

    private final @Nullable Place parent;
    private final String step;
    private final int depth;
    final Strictness strictness;
    final List<LeftOut> leftOut;

    private Place(@Nullable Place parent, String step, int depth, Strictness strictness, List<LeftOut> leftOut) {
        this.parent = parent;
        this.step = step;
        this.depth = depth;
        this.strictness = strictness;
        this.leftOut = leftOut;
    }

    static Place root(Strictness strictness, List<LeftOut> leftOut) {
        return new Place(null, "", 0, strictness, leftOut);
    }

    Place field(String name) {
        return inner(depth == 0 ? name : "." + name);
    }

    Place item(Object index) {
        return inner("[" + index + "]");
    }

    private Place inner(String next) {
        if (depth == DEEPEST) {
            throw wrong("nested deeper than %d levels".formatted(DEEPEST));
        }
        return new Place(this, next, depth + 1, strictness, leftOut);
    }

    String path() {
        String own = cut(step);
        return parent == null ? own : parent.path() + own;
    }

    FormException wrong(String complaint) {
        return new FormException(path(), complaint);
    }

    FormException unknown(String what, String word) {
        return new UnknownWordException(path(), "%s '%s' is not known here".formatted(what, cut(word)));
    }

    static String cut(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
    }
}
