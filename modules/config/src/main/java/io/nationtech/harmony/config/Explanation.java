package io.nationtech.harmony.config;

import io.nationtech.harmony.domain.Cause;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All values of one or more configurations, with where each came from and what is wrong. No secret is in it.
 *
 * @param settings in the order of the schemas
 * @param problems what is wrong beyond single values: a broken file, values that do not go together
 */
public record Explanation(List<Setting> settings, List<Cause> problems) {
    private static final int WIDEST_VALUE = 40;

    public Explanation {
        settings = List.copyOf(settings);
        problems = List.copyOf(problems);
    }

    /** Whether all that is needed is there and allowed. */
    public boolean isComplete() {
        return problems.isEmpty() && settings.stream().allMatch(Setting::isUsable);
    }

    /**
     * Does nothing when everything is there.
     *
     * @throws ConfigException with every missing and invalid value at once
     */
    public void requireComplete() {
        if (!isComplete()) {
            throw new ConfigException(this);
        }
    }

    /** A table of key, value and source, one line each, then the problems. */
    public String text() {
        return table(settings);
    }

    /** Only what is missing or invalid. */
    String complaints() {
        return table(settings.stream().filter(setting -> !setting.isUsable()).toList());
    }

    private String table(List<Setting> shown) {
        List<List<String>> rows = shown.stream().map(Setting::cells).toList();
        String form = "%-" + width(rows, 0) + "s  %-" + Math.min(WIDEST_VALUE, width(rows, 1)) + "s  %s";
        return Stream.concat(
                        rows.stream().map(row -> form.formatted(row.toArray())),
                        problems.stream().map(Cause::toString))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
    }

    @Override
    public String toString() {
        return text();
    }
}
