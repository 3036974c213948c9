package io.nationtech.harmony.form;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The one description of a record, or of a sealed interface of records: what travels, what is compared, what is shown and what a
 * fingerprint is made of. The record's components, by their names, are the form; there is nothing else to keep in step.
 *
 * <table>
 * <caption>How a component is written</caption>
 * <tr><td>{@code String}, whole numbers, {@code boolean}</td><td>as such</td></tr>
 * <tr><td>{@code Duration}, {@code Instant}</td><td>a text by ISO 8601; an instant of the years 1 to 9999</td></tr>
 * <tr><td>an enum</td><td>its constant in lower case, {@code '-'} for {@code '_'}: {@code bare-metal}</td></tr>
 * <tr><td>a record of one component that is itself written as a text, number or truth value</td><td>as that: {@code Port} as
 *     8080</td></tr>
 * <tr><td>a type with a public static {@code parse(String)}, else {@code of(String)}, that returns itself</td><td>its
 *     {@code text()} where it has that, else its {@code toString()}: {@code "192.0.2.0/24"}</td></tr>
 * <tr><td>another record</td><td>an object of its components, in their order</td></tr>
 * <tr><td>a sealed interface of records, or an open one whose kinds are known ({@link RecordForms#withKinds})</td><td>an object
 *     that begins with {@code "kind"}: the record's simple name in lower-kebab-case, or the kind's name</td></tr>
 * <tr><td>{@code Optional}</td><td>its value</td></tr>
 * <tr><td>{@code List}, {@code Set}, {@code Map}</td><td>lists, and an object by its keys' texts; sets and maps in a fixed
 *     order</td></tr>
 * </table>
 *
 * <p>An empty {@code Optional}, {@code List}, {@code Set} or {@code Map} is absent, and so is a component that equals the constant
 * {@code public static final T DEFAULT} of its type T. Everything else must be there.
 *
 * <p>Reading calls canonical constructors and factories, so that what comes over the mesh passes the checks that a person's program
 * does. Bounds: 32 levels, 10,000 items of a list or map, texts of 1,048,576 characters. Equal records have equal forms. A type is
 * looked at once, and must be public in a package that its module exports. For any thread.
 */
public final class RecordForm<T> {
    private final Class<T> type;
    private final Shape shape;

    RecordForm(Class<T> type, Shape shape) {
        this.type = type;
        this.shape = shape;
    }

    /**
     * The form of a record, or of a sealed interface of records, in which no open interface stands.
     *
     * @throws UnsupportedTypeException when it has none; the message says what to change
     */
    public static <T> RecordForm<T> of(Class<T> type) {
        return RecordForms.closed().of(type);
    }

    /** The value as maps, lists, texts, whole numbers and truth values, the fields in the order of the components. */
    @SuppressWarnings("unchecked") // A root is an object.
    public Map<String, Object> write(T value) {
        return (Map<String, Object>) shape.write(value);
    }

    /**
     * The value of a form.
     *
     * @throws FormException when it is none; it names the field. Nothing else is thrown, whatever the form is
     */
    public Reading<T> read(Map<String, ?> form, Strictness strictness) {
        List<LeftOut> leftOut = new ArrayList<>();
        T value = type.cast(shape.read(form, Place.root(strictness, leftOut)));
        return new Reading<>(value, leftOut);
    }

    /** In what two values differ, for people. */
    public List<Difference> differences(T before, T after) {
        return Difference.between(before, after);
    }

    /** What is not at its default, by path, for people. */
    public SequencedMap<String, String> texts(T value) {
        return PeopleText.fields(value);
    }

    /** One text that equal values share and no others, defaults absent. */
    public String canonical(T value) {
        return Canonical.text(write(value));
    }

    /** The oldest version of the type that has all that this value uses; at least 1. */
    public int versionNeeded(T value) {
        return shape.versionNeeded(value);
    }

    /** The newest version that anything of the type has; at least 1. */
    public int newestVersion() {
        return shape.newestVersion(new HashSet<>());
    }
}
