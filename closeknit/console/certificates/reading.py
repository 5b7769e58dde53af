"""What stands in a certificate: for whom, from when to when, and by whom."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.hashes import SHA256
from django.utils.timezone import localtime

from closeknit.console.certificates.names import Name

KINDS = (x509.DNSName, x509.IPAddress)


@dataclass(frozen=True)
class Certificate:
    """One certificate, with those that came behind it in its file."""

    read: x509.Certificate
    behind: tuple[x509.Certificate, ...] = ()

    @cached_property
    def names(self) -> list[Name]:
        """The names and addresses that it stands for, in their order."""
        try:
            said = self.read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        except x509.ExtensionNotFound:
            return []
        values = (one.value.lower() if isinstance(one, x509.DNSName) else one.value for one in said)
        return [value for one, value in zip(said, values, strict=True) if isinstance(one, KINDS) and isinstance(value, Name)]

    @property
    def begins(self) -> datetime:
        """From when it holds."""
        return self.read.not_valid_before_utc

    @property
    def ends(self) -> datetime:
        """Until when it holds."""
        return self.read.not_valid_after_utc

    @property
    def last_day(self) -> str:
        """The day on which it ends, here."""
        return f"{localtime(self.ends):%Y-%m-%d}"

    @property
    def fingerprint(self) -> str:
        """SHA-256 as phones show it: pairs of capital hexadecimal digits."""
        return self.read.fingerprint(SHA256()).hex(":").upper()

    @property
    def issuer(self) -> str:
        """By whom it was made: common name, else all that is said."""
        said = self.read.issuer.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return str(said[0].value) if said else self.read.issuer.rfc4514_string()

    @property
    def vouches_for_itself(self) -> bool:
        """Whether no other made it."""
        return self.made_by(self.read)

    def made_by(self, authority: x509.Certificate) -> bool:
        """Whether this authority's key signed it."""
        try:
            self.read.verify_directly_issued_by(authority)
        except (ValueError, TypeError, InvalidSignature):
            return False
        return True

    def covers(self, name: Name) -> bool:
        """Whether a phone takes it for this name; `*.example.org` stands for one label in place of the star."""
        if not isinstance(name, str):
            return name in self.names
        return name in self.names or ("." in name and f"*.{name.partition('.')[2]}" in self.names)


def from_file(path: Path) -> Certificate:
    """The first certificate of a PEM file. Raises OSError where it cannot be read, ValueError where it is none."""
    first, *behind = x509.load_pem_x509_certificates(path.read_bytes())
    return Certificate(first, tuple(behind))
