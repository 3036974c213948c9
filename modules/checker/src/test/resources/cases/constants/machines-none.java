// A promise of no machine.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final MachineCount COUNT = MachineCount.of(«0»); //! 0 machines are outside 1..1000
    //= static final MachineCount COUNT = MachineCount.of(1);
}
