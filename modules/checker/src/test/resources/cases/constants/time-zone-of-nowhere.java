// A zone that nobody knows would be the node's own, an hour or two off.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final TimeZoneName VALUE = TimeZoneName.of(«"Europe/Zuerich"»); //! 'Europe/Zuerich' is no time zone; write a name of the IANA database, as in 'Europe/Zurich' or 'UTC'
    //= static final TimeZoneName VALUE = TimeZoneName.of("Europe/Zurich");
}
