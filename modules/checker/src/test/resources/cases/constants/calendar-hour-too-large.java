// A day ends at 23:59.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final CalendarTime VALUE = CalendarTime.of(«"Sun 24:00"»); //! hour '24' of calendar expression 'Sun 24:00' is outside 0..23
    //= static final CalendarTime VALUE = CalendarTime.of("Mon 00:00");
}
