package io.chancery.compile;

import io.chancery.check.Certificates;
import io.chancery.check.RefResolver;
import io.chancery.engine.Reads;
import io.chancery.engine.Table;
import io.chancery.model.Certificate;
import io.chancery.model.Checked;
import io.chancery.model.Gateway.CertificateUse;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import java.util.Optional;

/** Certificates as Gateways use them: granted, there, and proven. */
record GatewayCertificates(RefResolver resolver, Table<Ref, Checked<Certificate>> certificates) {

  /** What is wrong with a certificate that a Gateway wants to use, if anything is. */
  Optional<Problem> problem(Ref gateway, CertificateUse use, Reads reads) {
    Optional<Problem> refused = resolver.refusal(reads, gateway, use.path(), use.secret());
    if (refused.isPresent()) {
      return refused;
    }
    return switch (reads.find(certificates, use.secret()).orElse(null)) {
      case null ->
          Optional.of(
              new Problem(
                  gateway,
                  use.path(),
                  Reason.INVALID_CERTIFICATE_REF,
                  use.secret() + " does not exist"));
      case Checked.Ok<Certificate>(var certificate) ->
          certificate.stale().isEmpty()
              ? Optional.empty()
              : Optional.of(Certificates.onGateway(gateway, use.path(), certificate.stale(), true));
      case Checked.Rejected<Certificate>(var problems) ->
          Optional.of(Certificates.onGateway(gateway, use.path(), problems, false));
    };
  }

  /** Whether a Gateway can use a certificate, be it an earlier generation of it. */
  boolean isUsable(Ref gateway, Ref secret, Reads reads) {
    return resolver.refusal(reads, gateway, "", secret).isEmpty()
        && reads.find(certificates, secret).orElse(null) instanceof Checked.Ok<Certificate>;
  }
}
