package io.chancery.bootstrap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads one HTTP/1.1 response whose body has a length, comes in chunks, or ends with the
 * connection.
 */
final class HttpResponseReader {
  private static final int MAX_LINE_BYTES = 8 << 10;
  private static final int MAX_HEADERS = 100;
  private static final int MAX_STATUS_LINE_PARTS = 3;

  private final InputStream input;
  private final int maxBodyBytes;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  HttpResponseReader(InputStream input, int maxBodyBytes) {
    this.input = input;
    this.maxBodyBytes = maxBodyBytes;
  }

  AdminResponse read() throws IOException {
    int status = status(line());
    Map<String, String> headers = headers();
    if (headers
        .getOrDefault("transfer-encoding", "")
        .toLowerCase(Locale.ROOT)
        .endsWith("chunked")) {
      readChunks();
    } else if (headers.containsKey("content-length")) {
      append(size(headers.get("content-length"), 10));
    } else {
      readToEnd();
    }
    return new AdminResponse(status, body.toByteArray());
  }

  private static int status(String line) throws ProtocolException {
    String[] parts = line.split(" ", MAX_STATUS_LINE_PARTS);
    if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-5]\\d\\d")) {
      throw new ProtocolException("\"" + line + "\" is not the status line of HTTP/1.1");
    }
    return Integer.parseInt(parts[1]);
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1 || headers.size() == MAX_HEADERS) {
        throw new ProtocolException(
            "\"" + line + "\" is not a header, or one more than " + MAX_HEADERS);
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private void readChunks() throws IOException {
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      append(size);
      if (!line().isEmpty()) {
        throw new ProtocolException("a chunk is longer than it says");
      }
    }
    headers(); // Trailers.
  }

  private int chunkSize() throws IOException {
    return size(line().split(";", 2)[0].strip(), 16);
  }

  private int size(String text, int radix) throws ProtocolException {
    try {
      int size = Integer.parseUnsignedInt(text, radix);
      if (size >= 0 && size <= maxBodyBytes - body.size()) {
        return size;
      }
    } catch (NumberFormatException _) {
      throw new ProtocolException("\"" + text + "\" is not a size");
    }
    throw new ProtocolException("the body is larger than " + maxBodyBytes + " bytes");
  }

  private void append(int length) throws IOException {
    byte[] bytes = input.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer ends early");
    }
    body.writeBytes(bytes);
  }

  private void readToEnd() throws IOException {
    body.writeBytes(input.readNBytes(maxBodyBytes));
    if (input.read() >= 0) {
      throw new ProtocolException("the body is larger than " + maxBodyBytes + " bytes");
    }
  }

  /** Up to CRLF, which is not part of it. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0) {
        throw new EOFException("the answer ends early");
      }
      if (line.size() == MAX_LINE_BYTES) {
        throw new ProtocolException("a line is longer than " + MAX_LINE_BYTES + " bytes");
      }
      line.write(next);
    }
    String text = line.toString(ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
