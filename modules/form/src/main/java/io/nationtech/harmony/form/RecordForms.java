package io.nationtech.harmony.form;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The forms of records in which open interfaces may stand: what kinds of each there are is known here, by name. Each type is looked
 * at once. For any thread.
 */
public final class RecordForms {
    private static final RecordForms CLOSED = new RecordForms(Map.of());

    private final Map<Class<?>, Map<String, Class<?>>> kinds;
    private final Map<Class<?>, RecordForm<?>> forms = new ConcurrentHashMap<>();
    private final ShapeBuilder.Known known = new ShapeBuilder.Known();

    private RecordForms(Map<Class<?>, Map<String, Class<?>>> kinds) {
        this.kinds = kinds;
    }

    /** Forms in which no open interface stands. */
    public static RecordForms closed() {
        return CLOSED;
    }

    /**
     * Forms in which an open interface stands as well.
     *
     * @param kinds the records that implement it, by the word that tells them apart: one word for each record
     */
    public <T> RecordForms withKinds(Class<T> type, Map<String, ? extends Class<? extends T>> kinds) {
        Map<Class<?>, Map<String, Class<?>>> more = new HashMap<>(this.kinds);
        more.put(type, new LinkedHashMap<>(kinds));
        return new RecordForms(more);
    }

    /**
     * The form of a record, or of a sealed interface of records.
     *
     * @throws UnsupportedTypeException when it has none; the message says what to change
     */
    @SuppressWarnings("unchecked") // Each type is put with the form of that type.
    public <T> RecordForm<T> of(Class<T> type) {
        RecordForm<?> form = forms.get(type);
        if (form == null) {
            form = new RecordForm<>(type, new ShapeBuilder(kinds, known).root(type));
            forms.put(type, form);
        }
        return (RecordForm<T>) form;
    }
}
