"""The folder $CLOSEKNIT_HOME/tls: keys that their owner alone reads, certificates that are replaced in one step."""

import os
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from closeknit import environment
from closeknit.kit.text import Text

AUTHORITY, SERVER = "authority", "server"
ANOTHER_KEY = Text(
    "{path} is no P-256 key. Move it away; a new one is made the next time.", "{path} 不是 P-256 密钥。请将其移走，下次运行会重新生成。"
)


def folder() -> Path:
    """The folder, closed to others (0700)."""
    path = environment.home() / "tls"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def certificate_file(name: str) -> Path:
    """Where a certificate lies."""
    return folder() / f"{name}.crt"


def key_file(name: str) -> Path:
    """Where a key lies."""
    return folder() / f"{name}.key"


def key(name: str) -> EllipticCurvePrivateKey:
    """The key of this name, made where there is none."""
    path = key_file(name)
    if not path.exists():
        made = generate_private_key(SECP256R1())
        _write(path, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    read = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(read, EllipticCurvePrivateKey):
        raise ValueError(str(ANOTHER_KEY.format(path=path)))
    return read


def keep(name: str, certificate: x509.Certificate) -> None:
    """Puts a certificate in the place of the one before."""
    _write(certificate_file(name), certificate.public_bytes(Encoding.PEM))


def put_aside(name: str) -> None:
    """Key and certificate make room for others: they are destroyed, for nobody is to use them again."""
    for path in (certificate_file(name), key_file(name)):
        path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    """0600 from the first moment, on the disk before it takes its name."""
    beside = path.with_suffix(f"{path.suffix}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
