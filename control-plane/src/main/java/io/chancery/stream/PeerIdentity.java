package io.chancery.stream;

import io.chancery.snapshot.NodeKey;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Who a client is by its certificate: the fleet and the node of its SPIFFE ID, {@code
 * spiffe://<trust domain>/fleet/<fleet>/node/<node>}.
 *
 * @param expires when the certificate does
 */
record PeerIdentity(String fleet, String node, Instant expires) {
  private static final int URI_NAME = 6; // GeneralName.uniformResourceIdentifier; RFC 5280, 4.2.1.6
  private static final Pattern ID =
      Pattern.compile("spiffe://[a-z0-9._-]{1,255}/fleet/([^/]{1,253})/node/([^/]{1,253})");

  /** Whom it is for, whichever certificate it is: it is renewed. */
  NodeKey key() {
    return new NodeKey(fleet, node);
  }

  /**
   * The identity of the client of a call; empty on a connection in plain text.
   *
   * @throws io.grpc.StatusRuntimeException if its certificate does not say who it is
   */
  static Optional<PeerIdentity> of(ServerCall<?, ?> call) {
    SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    return session == null ? Optional.empty() : Optional.of(of(session));
  }

  private static PeerIdentity of(SSLSession session) {
    try {
      return of((X509Certificate) session.getPeerCertificates()[0]);
    } catch (SSLPeerUnverifiedException cause) {
      throw unknown("a client certificate is needed");
    } catch (CertificateParsingException cause) {
      throw unknown("the client certificate cannot be read");
    }
  }

  private static PeerIdentity of(X509Certificate certificate) throws CertificateParsingException {
    List<String> uris = uris(certificate);
    if (uris.size() != 1) {
      throw unknown("the client certificate has " + uris.size() + " URI names; expected one");
    }
    Matcher id = ID.matcher(uris.getFirst());
    if (!id.matches()) {
      throw unknown(
          "the client certificate is of "
              + uris.getFirst()
              + "; expected spiffe://<trust domain>/fleet/<fleet>/node/<node>");
    }
    return new PeerIdentity(id.group(1), id.group(2), certificate.getNotAfter().toInstant());
  }

  private static List<String> uris(X509Certificate certificate) throws CertificateParsingException {
    List<String> uris = new ArrayList<>();
    if (certificate.getSubjectAlternativeNames() != null) {
      for (List<?> name : certificate.getSubjectAlternativeNames()) {
        if (name.getFirst().equals(URI_NAME)) {
          uris.add(String.valueOf(name.get(1)));
        }
      }
    }
    return uris;
  }

  private static RuntimeException unknown(String why) {
    return Status.UNAUTHENTICATED.withDescription(why).asRuntimeException();
  }

  /**
   * Checks what a node says of itself: the certificate decides, and the claim has to agree.
   *
   * @throws io.grpc.StatusRuntimeException if it does not
   */
  void confirm(NodeIdentity claimed) {
    if (!claimed.fleet().equals(fleet) || !claimed.id().equals(node)) {
      throw Status.PERMISSION_DENIED
          .withDescription(
              "the node says it is %s of fleet %s, and its certificate that it is %s of fleet %s"
                  .formatted(claimed.id(), claimed.fleet(), node, fleet))
          .asRuntimeException();
    }
  }
}
