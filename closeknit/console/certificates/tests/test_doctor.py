"""Doctor finds what keeps phones from the server: names, end, clock, chain, keys."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest

from closeknit.console.certificates import authority, folder
from closeknit.console.certificates.names import Name
from closeknit.console.doctor import phones
from closeknit.console.doctor.finding import Finding, State
from closeknit.kit import clock

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES: list[Name] = ["townhall.local", ip_address("192.168.1.20"), "localhost"]
WELL = dict.fromkeys(
    ["phones", "certificate", "certificate_names", "hosts", "certificate_end", "authority_end", "certificate_keys"], State.FINE
)


@pytest.fixture(autouse=True)
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A box with a certificate that was made today, for 90 days."""
    settings = {
        "HOME": str(tmp_path),
        "TLS": "on",
        "HOSTS": "localhost,townhall.local,192.168.1.20",
        "ADDRESS": "https://townhall.local:8000",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"CLOSEKNIT_{name}", value)
    with clock.at(NOW):
        authority.make_certificate(authority.make_authority(NAMES), NAMES, days=90)
    return tmp_path


def states(moment: datetime = NOW) -> dict[str, State]:
    """How each check comes out at a time; whether the app is built is asked elsewhere."""
    with clock.at(moment):
        found = {finding.slug: finding.state for finding in phones.examine()}
    found.pop("field_app")
    return found


def finding(slug: str, moment: datetime = NOW) -> Finding:
    """One check at a time."""
    with clock.at(moment):
        return next(finding for finding in phones.examine() if finding.slug == slug)


def test_a_box_in_order_is_found_in_order():
    ours = authority.kept()

    assert states() == WELL
    assert ours is not None and ours.fingerprint in str(finding("certificate").seen)


def test_without_https_it_is_said_what_phones_lack(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CLOSEKNIT_TLS", "off")

    assert states() == {"phones": State.NOTE}
    assert "no camera" in finding("phones").seen.en


@pytest.mark.parametrize(
    ("days", "state"), [(-2, State.FAILED), (-1, State.FINE), (59, State.FINE), (60, State.NOTE), (89, State.NOTE), (90, State.FAILED)]
)
def test_the_end_is_told_thirty_days_before(days: int, state: State):
    assert finding("certificate_end", NOW + timedelta(days=days)).state is state


def test_a_certificate_that_is_still_to_begin_shows_that_the_clock_is_slow():
    assert "clock is slow" in finding("certificate_end", NOW - timedelta(days=2)).seen.en


def test_an_address_that_the_certificate_does_not_name_fails(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CLOSEKNIT_ADDRESS", "https://192.168.1.77:8000")

    assert states() == WELL | {"certificate_names": State.FAILED, "hosts": State.FAILED}
    assert "192.168.1.77" in str(finding("certificate_names").seen)


def test_a_host_that_the_certificate_does_not_name_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CLOSEKNIT_HOSTS", "localhost,townhall.local,other.local")

    assert states() == WELL | {"certificate_names": State.NOTE}


def test_names_that_the_server_would_not_answer_to_are_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CLOSEKNIT_HOSTS", "localhost")

    assert states() == WELL | {"hosts": State.FAILED}
    assert finding("hosts").cure is not None
    assert str(finding("hosts").cure).endswith("CLOSEKNIT_HOSTS=localhost,townhall.local")


def test_a_key_that_others_can_read_is_named(box: Path):
    (box / "tls/authority.key").chmod(0o640)

    assert states() == WELL | {"certificate_keys": State.FAILED}
    assert "authority.key" in str(finding("certificate_keys").seen)


def test_a_certificate_of_another_authority_lacks_what_lies_between(box: Path, monkeypatch: pytest.MonkeyPatch):
    """A county's own: alone in its file it is told, with its authority behind it not."""
    theirs = [(box / f"tls/{name}").read_bytes() for name in ("server.crt", "authority.crt", "server.key")]
    with clock.at(NOW):
        authority.make_authority(NAMES)
    chain, key = box / "fullchain.pem", box / "own.key"
    key.touch(mode=0o600)
    key.write_bytes(theirs[2])
    monkeypatch.setenv("CLOSEKNIT_TLS_CERT", str(chain))
    monkeypatch.setenv("CLOSEKNIT_TLS_KEY", str(key))
    without_authority = {slug: state for slug, state in WELL.items() if slug != "authority_end"}

    chain.write_bytes(theirs[0])
    alone = states()
    chain.write_bytes(theirs[0] + theirs[1])

    assert alone == without_authority | {"certificate": State.NOTE}
    assert states() == without_authority


def test_a_file_that_is_no_certificate_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CLOSEKNIT_TLS_CERT", str(folder.key_file(folder.SERVER)))

    assert states() == {"phones": State.FINE, "certificate": State.FAILED}


def test_behind_a_web_server_the_address_of_phones_is_asked(monkeypatch: pytest.MonkeyPatch, box: Path):
    """Nobody listens there: it is told, and fails nothing, since this machine may stand on another network than phones."""
    (box / "tls/server.crt").unlink()
    monkeypatch.setenv("CLOSEKNIT_ADDRESS", "https://192.0.2.255:9")

    assert states() == {"phones": State.FINE, "certificate": State.NOTE, "hosts": State.FAILED}


def test_what_phones_would_refuse_there_fails():
    shown = authority.served()
    found = [phones.taken(shown, why, "https://townhall.local") for why in ("", "self-signed certificate")]

    assert [finding.state for finding in found] == [State.FINE, State.FAILED]


def test_the_app_is_looked_for(tmp_path: Path):
    before = phones.app_built(tmp_path).state
    (tmp_path / "field").mkdir()
    (tmp_path / "field/index.html").touch()

    assert (before, phones.app_built(tmp_path).state) == (State.NOTE, State.FINE)


def test_no_check_prints_a_key(box: Path):
    with clock.at(NOW):
        said = "".join(f"{one.seen}{one.cure}" for one in phones.examine())
    secret = folder.key(folder.AUTHORITY).private_numbers().private_value

    assert "PRIVATE" not in said and f"{secret:x}" not in said.lower()
