package io.chancery.admin.view;

/** Why a request failed, as RFC 9457 has it. */
public record ErrorView(String type, String title, int status, String detail) {}
