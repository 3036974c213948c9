package io.nationtech.harmony.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Boxes in columns and arrows between them, as SVG 1.1. Arrows from a column to a later one run left to right; those within a column
 * bend around it, and are dashed.
 *
 * @param columns the texts of the boxes, each once
 */
record Drawing(String title, List<List<String>> columns, List<Arrow> arrows) {
    private static final int LETTER = 8;
    private static final int HEIGHT = 32;
    private static final int ROW = 56;
    private static final int GAP = 160;
    private static final int MARGIN = 24;
    private static final int BEND = 60;

    Drawing {
        columns = columns.stream().map(List::copyOf).toList();
        arrows = List.copyOf(arrows);
    }

    /** From one box to another. */
    record Arrow(String from, String to, String label) {}

    private record Box(String text, int column, int x, int y, int width) {
        int right() {
            return x + width;
        }

        int middle() {
            return y + HEIGHT / 2;
        }
    }

    String svg() {
        Map<String, Box> boxes = boxes();
        int width = boxes.values().stream().mapToInt(Box::right).max().orElse(0) + BEND + MARGIN;
        int height = boxes.values().stream().mapToInt(Box::y).max().orElse(0) + HEIGHT + MARGIN;
        List<String> lines = new ArrayList<>();
        lines.add("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%1$d" height="%2$d" role="img" \
                font-family="ui-monospace, monospace" font-size="13">""".formatted(width, height));
        lines.add("  <title>%s</title>".formatted(escaped(title)));
        lines.add("""
                  <defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">\
                <path d="M0 0 10 5 0 10z" fill="#555"/></marker></defs>""");
        lines.add("  <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
        for (Arrow arrow : arrows) {
            lines.addAll(drawn(
                    arrow,
                    Objects.requireNonNull(boxes.get(arrow.from())),
                    Objects.requireNonNull(boxes.get(arrow.to()))));
        }
        boxes.values().stream()
                .sorted(Comparator.comparingInt(Box::x).thenComparingInt(Box::y))
                .forEach(box -> lines.add("""
                  <rect x="%d" y="%d" width="%d" height="%d" rx="6" fill="#eef4fb" stroke="#3b6ea5"/>\
                <text x="%d" y="%d" fill="#123">%s</text>""".formatted(
                        box.x(), box.y(), box.width(), HEIGHT, box.x() + 12, box.middle() + 5, escaped(box.text()))));
        lines.add("</svg>");
        return String.join("\n", lines) + "\n";
    }

    private Map<String, Box> boxes() {
        Map<String, Box> boxes = new HashMap<>();
        int x = MARGIN;
        for (int column = 0; column < columns.size(); column++) {
            List<String> texts = columns.get(column);
            int width = texts.stream()
                    .mapToInt(text -> text.length() * LETTER + 24)
                    .max()
                    .orElse(0);
            for (int row = 0; row < texts.size(); row++) {
                boxes.put(texts.get(row), new Box(texts.get(row), column, x, MARGIN + row * ROW, width));
            }
            x += width + GAP;
        }
        return boxes;
    }

    private static List<String> drawn(Arrow arrow, Box from, Box to) {
        if (from.column() == to.column()) {
            int bend = from.right() + BEND;
            return List.of(
                    path(
                            "M%d %d C%d %d %d %d %d %d"
                                    .formatted(
                                            from.right(),
                                            from.middle(),
                                            bend,
                                            from.middle(),
                                            bend,
                                            to.middle(),
                                            to.right(),
                                            to.middle()),
                            " stroke-dasharray=\"5 4\""),
                    label(from.right() + BEND - 12, (from.middle() + to.middle()) / 2 + 4, arrow.label()));
        }
        int half = (to.x() - from.right()) / 2;
        return List.of(
                path(
                        "M%d %d C%d %d %d %d %d %d"
                                .formatted(
                                        from.right(),
                                        from.middle(),
                                        from.right() + half,
                                        from.middle(),
                                        to.x() - half,
                                        to.middle(),
                                        to.x(),
                                        to.middle()),
                        ""),
                label(from.right() + half, (from.middle() + to.middle()) / 2 - 6, arrow.label()));
    }

    private static String path(String way, String style) {
        return "  <path d=\"%s\" fill=\"none\" stroke=\"#555\"%s marker-end=\"url(#head)\"/>".formatted(way, style);
    }

    private static String label(int x, int y, String text) {
        return "  <text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"11\" fill=\"#555\" stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\">%s</text>"
                .formatted(x, y, escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
