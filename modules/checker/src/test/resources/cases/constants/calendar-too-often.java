// Each run starts a container.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final CalendarTime VALUE = CalendarTime.of(«"*:*:0/10"»); //! '*:*:0/10' comes every 10 s; once a minute is the most often
    //= static final CalendarTime VALUE = CalendarTime.of("*:*:0");
}
