package io.chancery.admin;

import io.chancery.admin.view.ErrorView;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers to requests that fail (RFC 9457). */
final class Errors {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
  private static final String TYPE = "application/problem+json";

  private Errors() {}

  static NotFoundResponse notFound(String what) {
    return new NotFoundResponse(what + " does not exist");
  }

  /** Fails on a parameter that nobody would read: a typing error must not widen the answer. */
  static void onlyParameters(Context context, Set<String> known) {
    for (String name : context.queryParamMap().keySet()) {
      if (!known.contains(name)) {
        throw new BadRequestResponse(
            "query parameter '"
                + name
                + "' is unknown; expected one of "
                + known.stream().sorted().toList());
      }
    }
  }

  static void expected(HttpResponseException cause, Context context) {
    write(context, cause.getStatus(), String.valueOf(cause.getMessage()));
  }

  static void unexpected(Exception cause, Context context) {
    LOG.error("GET {} failed", context.path(), cause);
    int status = HttpStatus.INTERNAL_SERVER_ERROR.getCode();
    write(context, status, "the control plane failed to answer; its log says why");
  }

  private static void write(Context context, int status, String detail) {
    String title = HttpStatus.forStatus(status).getMessage();
    context
        .status(status)
        .json(new ErrorView("about:blank", title, status, detail))
        .contentType(TYPE);
  }
}
