// Every second run would be missed.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Job SYNC = Job.named(ServiceName.of("sync"))
            .image(ImageReference.of("registry.example.org/sync:1"))
            .at(CalendarTime.of("*:0/15"))
            .memoryLimit(Memory.mebibytes(64))
            .deadline(«Duration.ofHours(1)»); //! a run may take 1h, and the next one of '*:0/15' comes after 15m; give it less time, or run it more seldom
    //=     .deadline(Duration.ofMinutes(15));
}
