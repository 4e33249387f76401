package io.chancery.admin.view;

/**
 * A status condition, as in the Gateway API.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 */
public record ConditionView(String type, String status, String reason, String message) {}
