package io.chancery.app.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in what a request to try can only know at run time. Paths are quoted for the shell where
 * they need it.
 *
 * <ul>
 *   <li>{@code ${ca}}: certificate of the development authority
 *   <li>{@code ${token:NAME}}: file that holds the token of the login NAME
 *   <li>{@code ${dir}}: directory of {@code run.yaml}
 *   <li>{@code ${dev}}: directory of development files, among them {@value
 *       LocalCompanions#EMPTY_GRPC_MESSAGE}
 * </ul>
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z]+(:[^}]*)?)}");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

  private final Map<String, Path> values;

  Placeholders(Map<String, Path> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * The text with its placeholders filled in; {@code ${HOME}} and the like are the shell's, not
   * ours.
   */
  String fill(String text) {
    return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match)));
  }

  private String value(MatchResult match) {
    Path value = values.get(match.group(1));
    return value == null ? match.group() : quoted(value.toString());
  }

  /** Names of placeholders that nothing fills in. */
  List<String> unknown(String text) {
    List<String> unknown = new ArrayList<>();
    PLACEHOLDER
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .filter(name -> !values.containsKey(name))
        .forEach(unknown::add);
    return unknown;
  }

  private static String quoted(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
