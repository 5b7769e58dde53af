"""The authority stays, its certificates are what phones ask for, and it vouches for no other site."""

import ssl
import stat
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from closeknit.console.certificates import authority, folder
from closeknit.console.certificates.names import Name, of_this_machine, read_address, read_name, typed
from closeknit.kit import clock

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES: list[Name] = ["townhall.local", ip_address("192.168.1.20"), "localhost"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, at a fixed time."""
    monkeypatch.setenv("CLOSEKNIT_HOME", str(tmp_path))
    return tmp_path


def refusal(ours: x509.Certificate, name: str) -> str:
    """What a browser that trusts the authority says of the server under a name; empty where it goes on."""
    shows, trusts = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context(cadata=ours.public_bytes(Encoding.DER))
    shows.load_cert_chain(folder.certificate_file(folder.SERVER), folder.key_file(folder.SERVER))
    asked, answered = ssl.MemoryBIO(), ssl.MemoryBIO()
    phone, server = trusts.wrap_bio(answered, asked, server_hostname=name), shows.wrap_bio(asked, answered, server_side=True)
    for side in (phone, server, phone, server):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
        except ssl.SSLCertVerificationError as error:
            return error.verify_message
    return ""


def test_a_phone_that_trusts_the_authority_takes_the_server_by_name_and_by_address():
    ours = authority.make_authority(NAMES)
    authority.make_certificate(ours, NAMES, days=397)

    assert [refusal(ours.read, name) for name in ("townhall.local", "192.168.1.20", "localhost")] == ["", "", ""]
    assert "192.168.1.21" in refusal(ours.read, "192.168.1.21")
    assert "other.local" in refusal(ours.read, "other.local")


@pytest.mark.parametrize("name", ["bank.example", "townhall.local.example", "203.0.113.9"])
def test_a_stolen_authority_vouches_for_no_other_site(name: str):
    ours = authority.make_authority(NAMES)
    stolen: Name = ip_address(name) if name[0].isdecimal() else name
    authority.make_certificate(ours, [stolen], days=30)

    assert refusal(ours.read, name) == "permitted subtree violation"
    assert not authority.permits(ours, stolen)


@pytest.mark.parametrize("name", ["townhall.local", "www.townhall.local", "another.local", ip_address("10.4.0.9"), ip_address("fd00::7")])
def test_the_authority_may_follow_the_server_within_the_local_network(name: Name):
    assert authority.permits(authority.make_authority(NAMES), name)


def test_a_public_address_that_is_asked_for_is_permitted_alone():
    ours = authority.make_authority([ip_address("203.0.113.9"), "closeknit.county.example"])

    assert authority.permits(ours, ip_address("203.0.113.9"))
    assert authority.permits(ours, "closeknit.county.example")
    assert not authority.permits(ours, ip_address("203.0.113.10"))
    assert not authority.permits(ours, "county.example")


def test_a_certificate_is_what_phones_ask_for():
    with clock.at(NOW):
        shown = authority.make_certificate(authority.make_authority(NAMES), NAMES, days=397)

    assert shown.names == NAMES
    assert shown.ends - shown.begins == timedelta(days=397)
    assert shown.begins < NOW
    usage = shown.read.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [x509.ExtendedKeyUsageOID.SERVER_AUTH]


@pytest.mark.parametrize("days", [1, 30, 396])
def test_days_are_counted_from_now(days: int):
    with clock.at(NOW):
        shown = authority.make_certificate(authority.make_authority(NAMES), NAMES, days=days)

    assert shown.ends - NOW == timedelta(days=days)


def test_no_certificate_outlives_its_authority():
    with clock.at(NOW):
        ours = authority.make_authority(NAMES)
    with clock.at(ours.ends - timedelta(days=9)):
        shown = authority.make_certificate(ours, NAMES, days=397)

    assert shown.ends == ours.ends


def test_keys_are_made_for_their_owner_alone(home: Path):
    authority.make_certificate(authority.make_authority(NAMES), NAMES, days=397)
    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in (home / "tls").iterdir()}

    assert modes == dict.fromkeys(["authority.crt", "authority.key", "server.crt", "server.key"], "0o600")
    assert stat.S_IMODE((home / "tls").stat().st_mode) == 0o700


@pytest.mark.parametrize("value", ["镇政府", "town hall", "-a.local", "a..local", "192.168.1.20", "", "a" * 64])
def test_what_is_no_host_name_is_refused(value: str):
    with pytest.raises(ValueError, match=r"townhall\.local"):
        read_name(value)


def test_names_and_addresses_are_read_as_they_are_typed():
    assert (read_name(" TownHall.Local. "), read_address("[fd00::7]")) == ("townhall.local", ip_address("fd00::7"))
    assert (typed(ip_address("fd00::7")), typed("townhall.local")) == ("[fd00::7]", "townhall.local")
    with pytest.raises(ValueError, match=r"192\.168\.1\.20"):
        read_address("192.168.1")


def test_this_machine_is_known_under_something_that_others_reach():
    names = of_this_machine()

    assert [name for name in names if str(name).endswith(".local")]
    assert [name for name in names if name == "localhost" or str(name).startswith("127.")] == []
