package io.nationtech.harmony.importer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which services start before which, and which belong together. */
final class Order {
    private Order() {}

    /** Whether the other starts after this one already. */
    static boolean wouldCircle(Draft self, Draft other) {
        Deque<Draft> open = new ArrayDeque<>(List.of(other));
        Set<Draft> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Draft one = open.pop();
            if (one == self) {
                return true;
            }
            if (seen.add(one)) {
                open.addAll(one.startsAfter);
            }
        }
        return false;
    }

    /** Those that others start after come first, else as they are declared. */
    static List<Draft> ofDeclaration(Collection<Draft> drafts) {
        Set<Draft> ordered = new LinkedHashSet<>();
        drafts.forEach(draft -> follow(draft, ordered, new HashSet<>()));
        return new ArrayList<>(ordered);
    }

    private static void follow(Draft draft, Set<Draft> ordered, Set<Draft> way) {
        if (ordered.contains(draft) || !way.add(draft)) {
            return;
        }
        draft.startsAfter.forEach(before -> follow(before, ordered, way));
        ordered.add(draft);
    }

    /** Groups of those that use each other, in the order of their first ones. */
    static List<List<Draft>> together(Collection<Draft> drafts) {
        Map<Draft, Draft> above = new HashMap<>();
        drafts.forEach(draft -> above.put(draft, draft));
        for (Draft draft : drafts) {
            draft.belongsTo.stream()
                    .filter(above::containsKey)
                    .forEach(other -> above.put(top(above, draft), top(above, other)));
        }
        Map<Draft, List<Draft>> groups = new LinkedHashMap<>();
        drafts.forEach(draft -> groups.computeIfAbsent(top(above, draft), _ -> new ArrayList<>())
                .add(draft));
        return List.copyOf(groups.values());
    }

    private static Draft top(Map<Draft, Draft> above, Draft draft) {
        Draft one = draft;
        while (above.getOrDefault(one, one) != one) {
            one = above.getOrDefault(one, one);
        }
        return one;
    }
}
