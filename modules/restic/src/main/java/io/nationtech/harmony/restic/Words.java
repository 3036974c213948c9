package io.nationtech.harmony.restic;

import io.nationtech.harmony.domain.hardware.Amount;
import io.nationtech.harmony.domain.value.ResourceId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is said of backups, for people. Nothing in it changes by the passing of time alone but that a backup is overdue. */
final class Words {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm VV", Locale.ROOT);

    private Words() {}

    /**
     * How a backup is.
     *
     * @param data all of it
     * @param next when it is made next; empty when it is not by itself
     */
    static String of(BackupRecord known, List<ResourceId> data, Overdue overdue, Optional<Instant> next, ZoneId zone) {
        List<String> words = new ArrayList<>();
        if (overdue == Overdue.YES) {
            words.add("OVERDUE");
        }
        for (ResourceId one : data) {
            words.add(Optional.ofNullable(known.good().get(one))
                    .map(good -> "the last good copy of %s is of %s (%s, %s)"
                            .formatted(
                                    one.path(),
                                    good.at().truncatedTo(ChronoUnit.SECONDS),
                                    good.snapshot().brief(),
                                    Amount.iec(good.bytes())))
                    .orElseGet(() -> "there is no copy of %s yet".formatted(one.path())));
        }
        known.trouble().ifPresent(why -> words.add("the last try failed: " + why));
        if (known.began().isPresent()) {
            words.add("it runs since " + known.began().get().truncatedTo(ChronoUnit.SECONDS));
        } else {
            next.ifPresent(time -> words.add("next run " + TIME.format(time.atZone(zone))));
        }
        return String.join("; ", words);
    }

    /** Whether two of its times went by without a good copy. */
    enum Overdue {
        YES,
        NO
    }
}
