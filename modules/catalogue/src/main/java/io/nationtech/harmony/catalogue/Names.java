package io.nationtech.harmony.catalogue;

/** Whether a project's topology answers for names by HTTPS. */
enum Names {
    HTTPS,
    NONE
}
