package org.example.cameras;

import io.nationtech.harmony.rules.Finding;
import io.nationtech.harmony.rules.Graph;
import io.nationtech.harmony.rules.Rule;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Two feeds show one camera, which one may open at a time. */
public final class CameraSeenTwice implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        Set<CameraName> seen = new HashSet<>();
        return graph.all(CameraFeed.class)
                .map(CameraFeed::camera)
                .filter(camera -> !seen.add(camera))
                .map(camera -> Finding.of("camera '%s' has two feeds; one may open it at a time".formatted(camera.value()), camera));
    }
}
