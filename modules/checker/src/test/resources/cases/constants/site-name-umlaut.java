// A letter that no DNS label has.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final SiteName VALUE = SiteName.of(«"zürich"»); //! site 'zürich' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'z-rich'?
    //= static final SiteName VALUE = SiteName.of("zuerich");
}
