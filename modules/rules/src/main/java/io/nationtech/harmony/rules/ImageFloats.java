package io.nationtech.harmony.rules;

import java.util.stream.Stream;

/** An image's tag names no version but a channel, which means something else tomorrow. */
record ImageFloats() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.copies().stream()
                .filter(ImageFloats::floats)
                .map(copies -> Finding.of(
                        "image '%s' of service '%s' floats: its tag has no number and so names a channel; name a version or a digest, or @Allow it"
                                .formatted(copies.container().image(), copies.name()),
                        copies.name()));
    }

    private static boolean floats(Copies copies) {
        String image = copies.container().image().value();
        String tag = image.substring(image.lastIndexOf(':') + 1);
        return !image.contains("@") && tag.chars().noneMatch(Character::isDigit);
    }
}
