// A job is made anew from its image at each run; there is nothing to exchange.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Job JOB = Job.named(ServiceName.of("report")).image(ImageReference.of("registry.example.org/shop:1")).at(CalendarTime.of("daily")).memoryLimit(Memory.mebibytes(64));
    static final Object FOLLOWS = JOB«.updates»(ImageUpdates.daily()); //! cannot find symbol: method updates(ImageUpdates)
    //= static final Object FOLLOWS = JOB.deadline(Duration.ofMinutes(2));
}
