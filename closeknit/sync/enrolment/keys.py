"""The server's two P-256 key pairs: `signing` for cards, `sealing` for letters. Their secrets lie in CLOSEKNIT_HOME/keys."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, derive_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from closeknit import environment

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (FIPS 186-5)
NUMBER = 32  # bytes of a coordinate

Name = Literal["sealing", "signing"]


@lru_cache(maxsize=2)
def pair(name: Name) -> EllipticCurvePrivateKey:
    """A key pair. Its number is 384 bits drawn out of the secret file, reduced: no number is likelier than another."""
    drawn = HKDF(algorithm=SHA256(), length=48, salt=None, info=f"closeknit {name} P-256".encode()).derive(environment.key(name))
    return derive_private_key(int.from_bytes(drawn) % (ORDER - 1) + 1, SECP256R1())


def public(name: Name) -> str:
    """The public half as phones take it: the point uncompressed (65 bytes), base64url."""
    return encoded(pair(name).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def encoded(raw: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of a base64url text, with or without padding. Raises ValueError where it is none."""
    if not text.isascii() or set(text) & set("+/ \n"):
        raise ValueError("not base64url")
    return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
