// A migration that runs twice at once.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Job JOB = Job.named(ServiceName.of("migrate")).image(ImageReference.of("registry.example.org/shop:1")).once().memoryLimit(Memory.mebibytes(64));
    static final Object TWICE = JOB«.replicas»(Replicas.of(2)); //! cannot find symbol: method replicas(Replicas)
    //= static final Object TWICE = JOB.deadline(Duration.ofMinutes(2));
}
