package io.nationtech.harmony.domain.node;

/** How a page is asked for: RFC 9110 §4.2. */
public enum HttpScheme {
    /** Without encryption. */
    HTTP("http"),
    /**
     * By TLS. The certificate of who answers is not looked at, as the container may have made it for itself: what is asked is whether it is well,
     * not who it is.
     */
    HTTPS("https");

    /** What most containers speak. */
    public static final HttpScheme DEFAULT = HTTP;

    private final String text;

    HttpScheme(String text) {
        this.text = text;
    }

    /** As it begins a URL. */
    public String text() {
        return text;
    }
}
