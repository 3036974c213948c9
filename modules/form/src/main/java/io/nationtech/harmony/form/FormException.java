package io.nationtech.harmony.form;

/** A form is not what its record expects. The message names the field by its path, and is at most 1,000 characters long. */
public class FormException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 800;

    private final String path;
    private final String complaint;

    FormException(String path, String complaint) {
        super(path.isEmpty() ? cut(complaint) : "field '%s': %s".formatted(path, cut(complaint)));
        this.path = path;
        this.complaint = cut(complaint);
    }

    /** Where, as in {@code resources[0].ports[1].node}; empty for the whole. */
    public String path() {
        return path;
    }

    /** What is wrong there. */
    public String complaint() {
        return complaint;
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
