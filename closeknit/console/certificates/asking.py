"""Asks an address for the certificate that it shows, as a phone would: for a server behind a web server with https."""

import socket
import ssl
from urllib.parse import urlsplit

from cryptography import x509

from closeknit.console.certificates.reading import Certificate

SECONDS = 3


def shown_at(address: str) -> tuple[Certificate | None, str]:
    """The certificate, None where nobody answers; and why this machine would refuse it, empty where it would not."""
    host, port = urlsplit(address).hostname or "", urlsplit(address).port or 443
    refusal = ""
    for context in (ssl.create_default_context(), _without_trust()):
        try:
            with socket.create_connection((host, port), SECONDS) as line, context.wrap_socket(line, server_hostname=host) as heard:
                return Certificate(x509.load_der_x509_certificate(heard.getpeercert(binary_form=True) or b"")), refusal
        except ssl.SSLCertVerificationError as error:
            refusal = error.verify_message
        except (OSError, ValueError) as error:
            return None, getattr(error, "strerror", None) or str(error)
    return None, refusal


def _without_trust() -> ssl.SSLContext:
    """To read what was refused; nothing is sent over it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
