// Work that nothing starts.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Object JOB = Job.named(ServiceName.of("migrate")).image(ImageReference.of("registry.example.org/shop:1"))«.memoryLimit»(Memory.mebibytes(64)); //! cannot find symbol: method memoryLimit(Memory)
    //= static final Object JOB = Job.named(ServiceName.of("migrate")).image(ImageReference.of("registry.example.org/shop:1")).once().memoryLimit(Memory.mebibytes(64));
}
