package io.nationtech.harmony.form;

import java.util.Map;

/**
 * An item of a list that was left out, as it says something that is not known here.
 *
 * @param what names the field and the word
 * @param form the item as it came, unread
 */
public record LeftOut(String what, Map<?, ?> form) {}
