"""A local authority that vouches for this server only, and the server's certificate by it (docs/adr/0013)."""

import socket
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from closeknit.console.certificates import folder
from closeknit.console.certificates.names import LAN, Name
from closeknit.console.certificates.reading import Certificate, from_file
from closeknit.kit import clock

AUTHORITY_DAYS = 3650
MOST_DAYS = 397  # from its beginning; phones refuse a server's certificate of more than 398
BEHIND = timedelta(days=1)  # a phone's clock may be slow
USAGES = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign")
LOCAL_NAMES = ("local", "localhost")


def kept() -> Certificate | None:
    """The authority, where it was made already."""
    files = folder.certificate_file(folder.AUTHORITY), folder.key_file(folder.AUTHORITY)
    return from_file(files[0]) if all(file.exists() for file in files) else None


def served() -> Certificate | None:
    """The server's certificate by our authority, where there is one."""
    path = folder.certificate_file(folder.SERVER)
    return from_file(path) if path.exists() else None


def make_authority(names: list[Name]) -> Certificate:
    """A new authority, bound to these names, to .local and to addresses of local networks."""
    folder.put_aside(folder.AUTHORITY)
    key = folder.key(folder.AUTHORITY)
    known_by = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    title = f"Closeknit {socket.gethostname().split('.')[0][:32]} {known_by.digest.hex()[:6].upper()}"
    subject = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Closeknit"), x509.NameAttribute(NameOID.COMMON_NAME, title)])
    begins = clock.now() - BEHIND
    built = (
        _begun(subject, subject, key)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(known_by, critical=False)
        .add_extension(x509.NameConstraints(_permitted(names), None), critical=True)
    )
    folder.keep(folder.AUTHORITY, built.sign(key, SHA256()))
    return from_file(folder.certificate_file(folder.AUTHORITY))


def make_certificate(authority: Certificate, names: list[Name], *, days: int) -> Certificate:
    """The server's certificate for these names, for so many days from now; its key stays. It ends with the authority at the latest."""
    signing, key = folder.key(folder.AUTHORITY), folder.key(folder.SERVER)
    begins = clock.now() - BEHIND
    ends = min(clock.now() + timedelta(days=days), begins + timedelta(days=MOST_DAYS), authority.ends)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Closeknit server")])
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    built = (
        _begun(subject, authority.read.subject, key)
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(above, critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    folder.keep(folder.SERVER, built.sign(signing, SHA256()))
    return from_file(folder.certificate_file(folder.SERVER))


def permits(authority: Certificate, name: Name) -> bool:
    """Whether the authority may vouch for a name; it was bound when it was made."""
    bound = authority.read.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    if isinstance(name, str):
        domains = [one.value for one in bound if isinstance(one, x509.DNSName)]
        return any(name == domain or name.endswith(f".{domain}") for domain in domains)
    return any(name in net for net in (one.value for one in bound) if isinstance(net, IPv4Network | IPv6Network))


def _permitted(names: list[Name]) -> list[x509.GeneralName]:
    domains = dict.fromkeys([*(name for name in names if isinstance(name, str)), *LOCAL_NAMES])
    public = [name for name in names if not isinstance(name, str) and not any(name in net for net in LAN)]
    nets = dict.fromkeys([*LAN, *(ip_network(str(address)) for address in public)])
    return [*(x509.DNSName(domain) for domain in domains), *(x509.IPAddress(net) for net in nets)]


def _begun(subject: x509.Name, issuer: x509.Name, key: EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder(subject_name=subject, issuer_name=issuer)
    return builder.public_key(key.public_key()).serial_number(x509.random_serial_number())


def _usage(*said: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{name: name in said for name in (*USAGES, "encipher_only", "decipher_only")})


def _general(name: Name) -> x509.GeneralName:
    return x509.DNSName(name) if isinstance(name, str) else x509.IPAddress(name)
