package io.nationtech.harmony.domain;

/** What must hold for a deployment to count as deployed. A closed set: a test is data, and whoever deploys runs it. */
public sealed interface SmokeTest permits HttpSmokeTest {}
