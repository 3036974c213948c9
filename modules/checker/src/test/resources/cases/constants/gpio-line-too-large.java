// A pin of the header taken for a line of the chip, and one too many (libgpiod at run time: offset is out of range).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Requirement RELAY = Gpio.line(«1024»); //! GPIO line: 1024 is outside 0..1023
    //= static final Requirement RELAY = Gpio.line(17);
}
