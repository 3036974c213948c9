// What people say is no expression.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final CalendarTime VALUE = CalendarTime.of(«"every night"»); //! 'every night' is no calendar expression: write days and a time as systemd.time(7) has them, as in 'Mon..Fri 02:30', '*-*-01 04:00' or 'hourly'; a time zone is said apart
    //= static final CalendarTime VALUE = CalendarTime.of("daily");
}
