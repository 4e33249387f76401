package io.chancery.app.local;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a directory needs beside its objects in order to be tried on one machine. It is meant for
 * development: nothing of it exists where real upstreams, certificates and logins do.
 *
 * @param upstreams small servers that stand in for real ones
 * @param certificates for the TLS listeners
 * @param logins issuers of tokens
 * @param requests to try, printed when everything is ready
 */
public record LocalRun(
    List<Upstream> upstreams,
    List<Certificate> certificates,
    List<Login> logins,
    List<Request> requests) {
  /** The API version of the document. */
  public static final String API_VERSION = "run.chancery.io/v1alpha1";

  /** The kind of the document. */
  public static final String KIND = "LocalRun";

  /** A directory that needs nothing. */
  public static final LocalRun NOTHING = new LocalRun(List.of(), List.of(), List.of(), List.of());

  /** Keeps the lists from changing. */
  public LocalRun {
    upstreams = List.copyOf(upstreams);
    certificates = List.copyOf(certificates);
    logins = List.copyOf(logins);
    requests = List.copyOf(requests);
  }

  /**
   * A server on loopback that tells what reached it.
   *
   * @param name of the service it stands for
   * @param port 1 to 65535, or 0 for any free port
   * @param protocol what it speaks, in plaintext
   * @param version shown in its answers, to tell two of one name apart
   */
  public record Upstream(String name, int port, Protocol protocol, Optional<String> version) {}

  /** What an upstream speaks. */
  public enum Protocol {
    /** HTTP/1.1; answers JSON. */
    HTTP,
    /** gRPC over HTTP/2 without TLS; answers the health and reflection services. */
    GRPC
  }

  /**
   * A certificate of the development authority, in the place of a Secret of type {@code
   * kubernetes.io/tls}.
   *
   * @param secret the Secret that listeners refer to
   * @param hosts DNS names, with or without a leading wildcard label, and IP addresses; not empty
   */
  public record Certificate(SecretName secret, List<String> hosts) {
    /** Keeps the list from changing. */
    public Certificate {
      hosts = List.copyOf(hosts);
    }
  }

  /** Names a Secret. */
  public record SecretName(String namespace, String name) implements Comparable<SecretName> {
    @Override
    public int compareTo(SecretName other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return namespace + "/" + name;
    }
  }

  /**
   * An issuer with one user, who is always logged in.
   *
   * @param name names the files of its key and token
   * @param port of its key set on loopback, 1 to 65535, or 0 for any free port
   * @param issuer the {@code iss} claim
   * @param audience the {@code aud} claim
   * @param subject the {@code sub} claim
   * @param claims further claims: text, numbers, booleans, lists and maps of these
   */
  public record Login(
      String name,
      int port,
      String issuer,
      String audience,
      String subject,
      Map<String, Object> claims) {
    /** Keeps the map from changing. */
    public Login {
      claims = Map.copyOf(claims);
    }
  }

  /**
   * A request to try.
   *
   * @param title what it shows
   * @param command a shell command; {@link Placeholders} names what is replaced in it
   */
  public record Request(String title, String command) {}
}
