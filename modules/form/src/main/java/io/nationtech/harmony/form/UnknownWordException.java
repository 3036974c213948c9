package io.nationtech.harmony.form;

/** The form is well made but has a word that is not known here; a newer version may have written it. */
final class UnknownWordException extends FormException {
    private static final long serialVersionUID = 1L;

    UnknownWordException(String path, String complaint) {
        super(path, complaint);
    }
}
