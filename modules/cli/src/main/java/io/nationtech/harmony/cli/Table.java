package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Columns of text, as wide as they need to be. */
record Table(List<Row> rows) {
    private static final String GAP = "  ";

    /** One line: as many cells as every other row has. */
    record Row(List<Cell> cells) {
        static Row of(Cell... cells) {
            return new Row(List.of(cells));
        }
    }

    /** A text with its meaning. */
    record Cell(String text, Tone tone) {
        static Cell of(String text) {
            return new Cell(text, Tone.NORMAL);
        }
    }

    static Table of(List<String> head, Stream<Row> rows) {
        Row first =
                new Row(head.stream().map(title -> new Cell(title, Tone.FAINT)).toList());
        return new Table(Stream.concat(Stream.of(first), rows).toList());
    }

    String render(Ink ink) {
        int[] widths = new int[rows.getFirst().cells().size()];
        Arrays.setAll(
                widths,
                column -> rows.stream()
                        .mapToInt(row -> row.cells().get(column).text().length())
                        .max()
                        .orElse(0));
        return rows.stream().map(row -> line(row, widths, ink) + "\n").collect(Collectors.joining());
    }

    private static String line(Row row, int[] widths, Ink ink) {
        List<Cell> cells = row.cells();
        return IntStream.range(0, cells.size())
                .mapToObj(column -> {
                    Cell cell = cells.get(column);
                    boolean isLast = column == cells.size() - 1;
                    String padding = isLast
                            ? ""
                            : " ".repeat(widths[column] - cell.text().length());
                    return ink.paint(cell.tone(), cell.text()) + padding;
                })
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }
}
