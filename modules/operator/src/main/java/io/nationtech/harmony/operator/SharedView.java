package io.nationtech.harmony.operator;

import io.nationtech.harmony.fleet.FleetView;
import java.util.Optional;
import java.util.function.Supplier;

/** One view for all operations that work, opened by the first and closed after the last: who only stands by needs none. */
final class SharedView {
    private final Supplier<FleetView> opening;
    private Optional<FleetView> open = Optional.empty();
    private int uses;

    SharedView(Supplier<FleetView> opening) {
        this.opening = opening;
    }

    synchronized Use use() {
        FleetView view = open.orElseGet(opening);
        open = Optional.of(view);
        uses++;
        return new Use(view);
    }

    private synchronized void end() {
        uses--;
        if (uses == 0) {
            open.ifPresent(FleetView::close);
            open = Optional.empty();
        }
    }

    /** To be closed once. */
    final class Use implements AutoCloseable {
        private final FleetView view;

        private Use(FleetView view) {
            this.view = view;
        }

        FleetView view() {
            return view;
        }

        @Override
        public void close() {
            end();
        }
    }
}
