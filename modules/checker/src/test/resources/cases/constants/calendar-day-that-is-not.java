// A typing error that would be found out in February.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final CalendarTime VALUE = CalendarTime.of(«"2026-02-30"»); //! '2026-02-30' never comes: the calendar has no such day from 1970 to 2199
    //= static final CalendarTime VALUE = CalendarTime.of("2026-02-28");
}
