// systemd takes the timer, and it never elapses.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final CalendarTime VALUE = CalendarTime.of(«"*-02-30"»); //! '*-02-30' never comes: the calendar has no such day from 1970 to 2199
    //= static final CalendarTime VALUE = CalendarTime.of("*-02-28");
}
