package io.nationtech.harmony.placement;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a node is as good as it is, term by term; the sum decides.
 *
 * @param packing 0 to 1000: how full or how empty the node would be, as the work likes it
 * @param places 0 and more: the site, the way to a site, the data that the work likes
 * @param scarce 0 and less: a graphics card that the work has no use for
 * @param near the services that the work likes to be near to or away from
 * @param spread 0 and less: copies that are there already
 */
public record Points(int packing, int places, int scarce, int near, int spread) {

    /** What decides. */
    public int total() {
        return packing + places + scarce + near + spread;
    }

    @Override
    public String toString() {
        String terms = List.of(
                        term("packing", packing),
                        term("places", places),
                        term("scarce devices", scarce),
                        term("near", near),
                        term("spread", spread))
                .stream()
                .filter(term -> !term.isEmpty())
                .collect(Collectors.joining(", "));
        return "%d points (%s)".formatted(total(), terms);
    }

    private static String term(String name, int points) {
        return points == 0 ? "" : "%s %+d".formatted(name, points);
    }
}
