// A copy every second.
import module io.nationtech.harmony.backup;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Repository.OnShare NAS = Repository.onShare(ShareName.of("nas"), SecretRef.of("backup-password"));
    static final Schedule NIGHTLY = Schedule.of(CalendarTime.of("02:30"));
    static final Keep WEEK = Keep.days(7);
    static final Schedule OFTEN = Schedule.of(CalendarTime.of(«"*:*:*"»)); //! '*:*:*' comes every 1 s; once a minute is the most often
    //= static final Schedule OFTEN = Schedule.of(CalendarTime.of("hourly"));
}
