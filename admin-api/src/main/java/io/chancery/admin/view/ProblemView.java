package io.chancery.admin.view;

/**
 * Something that a user must fix.
 *
 * @param path the field at fault; empty for the whole object
 */
public record ProblemView(String path, String reason, String message) {}
