package io.chancery.check;

import io.chancery.model.Backend.Endpoint;
import java.util.Comparator;
import java.util.regex.Pattern;

/** IP addresses in text form. Nothing is looked up: a name is never an address here. */
final class Addresses {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}");

  /** By zone, address and port, so that equal sets give equal bytes. */
  static final Comparator<Endpoint> ORDER =
      Comparator.comparing(Endpoint::zone)
          .thenComparing(Endpoint::address)
          .thenComparingInt(Endpoint::port)
          .thenComparingInt(Endpoint::weight)
          .thenComparing(Endpoint::draining);

  private Addresses() {}

  static boolean isIp(String text) {
    return IPV4.matcher(text).matches() || IPV6.matcher(text).matches();
  }
}
