"""`closeknit certificate` makes, renews and hands out; `closeknit serve` refuses what no phone could use."""

import io
import threading
import urllib.request
from datetime import UTC, datetime, timedelta
from http.client import HTTPResponse
from ipaddress import ip_address
from pathlib import Path
from urllib.error import HTTPError

import pytest
from cryptography import x509
from django.core.management import CommandError, call_command

from closeknit.console.certificates import authority, folder, serving, telling
from closeknit.console.certificates.handing_out import Desk
from closeknit.console.certificates.reading import Certificate
from closeknit.console.management.commands.serve import certificate
from closeknit.kit import clock

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own."""
    monkeypatch.setenv("CLOSEKNIT_HOME", str(tmp_path))
    return tmp_path


def typed(*words: str, at: datetime = NOW) -> tuple[str, str]:
    """What the command says, and what it complains of."""
    said, complained = io.StringIO(), io.StringIO()
    with clock.at(at):
        call_command("certificate", *words, stdout=said, stderr=complained)
    return said.getvalue(), complained.getvalue()


def both() -> tuple[Certificate, Certificate]:
    """The authority and the server's certificate."""
    ours, shown = authority.kept(), authority.served()
    assert ours is not None and shown is not None
    return ours, shown


def test_it_makes_what_phones_need_and_says_what_to_set():
    said, complained = typed("--name", "TownHall.local", "--address", "192.168.1.20", "--days", "200")
    ours, shown = both()

    assert shown.names[:2] == ["townhall.local", ip_address("192.168.1.20")]
    assert shown.names[-3:] == ["localhost", ip_address("127.0.0.1"), ip_address("::1")]
    assert (shown.ends - NOW, complained) == (timedelta(days=200), "")
    for line in (ours.fingerprint, "2027-06-10", "export CLOSEKNIT_TLS=on", "export CLOSEKNIT_ADDRESS=https://townhall.local:8000"):
        assert line in said


def test_what_is_set_already_is_not_asked_for_again(monkeypatch: pytest.MonkeyPatch):
    for name, value in {"TLS": "on", "BIND": "0.0.0.0:8443", "HOSTS": "*", "ADDRESS": "https://townhall.local:8443"}.items():
        monkeypatch.setenv(f"CLOSEKNIT_{name}", value)

    assert "export" not in typed("--name", "townhall.local")[0]


def test_run_again_it_renews_and_the_authority_stays(home: Path):
    typed("--name", "townhall.local")
    ours, first = both()
    keys = {path.name: path.read_bytes() for path in (home / "tls").glob("*.key")}

    typed(at=NOW + timedelta(days=300))
    stayed, renewed = both()

    assert stayed.read == ours.read
    assert {path.name: path.read_bytes() for path in (home / "tls").glob("*.key")} == keys
    assert renewed.made_by(ours.read)
    assert (renewed.names, renewed.ends - first.ends) == (first.names, timedelta(days=300))


def test_a_new_authority_is_another():
    typed()
    before, _ = both()
    typed("--new-authority")
    after, shown = both()

    assert before.read != after.read
    assert (shown.made_by(after.read), shown.made_by(before.read)) == (True, False)


def test_a_name_to_which_the_authority_is_not_bound_is_refused_with_what_to_do():
    typed()
    _, before = both()

    with pytest.raises(CommandError, match=r"closeknit\.county\.example.*--new-authority"):
        typed("--name", "closeknit.county.example")
    assert both()[1].read == before.read

    typed("--name", "closeknit.county.example", "--new-authority")
    assert both()[1].names[0] == "closeknit.county.example"


def test_what_the_machine_is_called_by_now_is_left_out_where_the_authority_is_not_bound_to_it():
    with clock.at(NOW):
        ours = authority.make_authority([])
        authority.make_certificate(ours, ["closeknit.county.example"], days=30)

    assert "closeknit.county.example" in typed()[1]
    assert "closeknit.county.example" not in both()[1].names


@pytest.mark.parametrize(
    "words", [("--days", "0"), ("--days", "398"), ("--days", "a"), ("--name", "town hall"), ("--address", "192.168.1")]
)
def test_what_phones_would_refuse_is_refused_with_what_is_allowed(words: tuple[str, str]):
    with pytest.raises(CommandError, match=r"397|townhall\.local|192\.168\.1\.20"):
        typed(*words)


def test_nothing_that_is_printed_holds_a_key(capfd: pytest.CaptureFixture[str]):
    said = "".join(typed()) + "".join(capfd.readouterr()) + "\n".join(telling.guide(both()[0], "http://townhall.local:8080/"))
    secrets = [folder.key(name).private_numbers().private_value for name in (folder.AUTHORITY, folder.SERVER)]

    assert "PRIVATE" not in said
    assert [number for number in secrets if f"{number:x}" in said.replace(":", "").lower() or str(number) in said] == []


def get(address: str) -> HTTPResponse:
    """What a phone without any trust is given."""
    answer: HTTPResponse = urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=10)
    return answer


def test_the_desk_gives_the_authority_s_certificate_and_nothing_else():
    typed()
    ours, _ = both()
    fetched: list[str] = []
    with Desk(("127.0.0.1", 0), ours, "https://townhall.local:8000", fetched.append) as desk:
        open_door = threading.Thread(target=desk.open_for, args=(2,), daemon=True)
        open_door.start()
        root = f"http://127.0.0.1:{desk.server_address[1]}"

        page, iphone, android = get(f"{root}/"), get(f"{root}/closeknit.crt"), get(f"{root}/android/closeknit.crt")

        text = page.read().decode()
        assert ours.fingerprint in text and "https://townhall.local:8000" in text
        assert [x509.load_der_x509_certificate(one.read()) for one in (iphone, android)] == [ours.read, ours.read]
        assert iphone.headers["Content-Type"] == "application/x-x509-ca-cert"
        assert android.headers["Content-Disposition"] == 'attachment; filename="closeknit.crt"'
        assert fetched == ["127.0.0.1", "127.0.0.1"]
        for path in ("/authority.key", "/tls/authority.key", "/../tls/authority.key", "/server.crt"):
            with pytest.raises(HTTPError, match="404"):
                get(root + path)
        open_door.join()


def test_the_desk_closes_by_itself():
    typed()
    with Desk(("127.0.0.1", 0), both()[0], "https://townhall.local:8000", lambda phone: None) as desk:
        closing = threading.Thread(target=desk.open_for, args=(0.1,), daemon=True)
        closing.start()
        closing.join(10)

    assert not closing.is_alive()


BOX = {"TLS": "on", "BIND": "0.0.0.0:8000", "HOSTS": "localhost,townhall.local"}


def set_up(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in (BOX | settings).items():
        monkeypatch.setenv(f"CLOSEKNIT_{name}", value)


def test_serve_shows_our_certificate_where_tls_is_on(home: Path, monkeypatch: pytest.MonkeyPatch):
    set_up(monkeypatch)
    without = certificate()
    typed("--name", "townhall.local")
    shown = certificate()
    monkeypatch.setenv("CLOSEKNIT_TLS", "off")

    assert (without, shown, certificate()) == (None, (home / "tls/server.crt", home / "tls/server.key"), None)


def test_serve_shows_a_county_s_own_certificate(home: Path, monkeypatch: pytest.MonkeyPatch):
    typed("--name", "townhall.local")
    both_in_one = home / "own.pem"
    both_in_one.write_bytes((home / "tls/server.crt").read_bytes() + (home / "tls/server.key").read_bytes())
    set_up(monkeypatch, TLS_CERT=str(both_in_one))

    assert certificate() == (both_in_one, both_in_one)


REFUSED = {
    "hosts without a name of the certificate": ({"HOSTS": "localhost,other.local"}, r"CLOSEKNIT_HOSTS=localhost,other\.local,townhall"),
    "hosts without the address of phones": ({"ADDRESS": "https://192.168.1.20:8000"}, r"CLOSEKNIT_HOSTS=.*,192\.168\.1\.20"),
    "a file that is not there": ({"TLS_CERT": "/nowhere.pem"}, "No such file"),
    "a key without a certificate": ({"TLS_KEY": "/nowhere.key"}, "CLOSEKNIT_TLS_CERT"),
}


@pytest.mark.parametrize(("settings", "said"), REFUSED.values(), ids=REFUSED)
def test_serve_refuses_what_no_phone_could_use(settings: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch):
    typed("--name", "townhall.local")
    set_up(monkeypatch, **settings)

    with pytest.raises(CommandError, match=said):
        certificate()


def test_serve_refuses_a_key_that_does_not_fit(home: Path, monkeypatch: pytest.MonkeyPatch):
    typed("--name", "townhall.local")
    set_up(monkeypatch, TLS_CERT=str(home / "tls/server.crt"), TLS_KEY=str(home / "tls/authority.key"))

    with pytest.raises(CommandError, match=r"authority\.key"):
        certificate()


@pytest.mark.parametrize("hosts", ["*", ".local", "TOWNHALL.local"])
def test_serve_takes_hosts_as_django_does(hosts: str, monkeypatch: pytest.MonkeyPatch):
    typed("--name", "townhall.local")
    set_up(monkeypatch, HOSTS=hosts)

    assert certificate() is not None


def test_serve_on_this_machine_alone_needs_no_other_name(monkeypatch: pytest.MonkeyPatch):
    typed()
    set_up(monkeypatch, HOSTS="localhost", BIND="127.0.0.1:8000")

    assert certificate() is not None


def test_serve_says_that_the_certificate_is_over_and_serves(monkeypatch: pytest.MonkeyPatch):
    typed("--name", "townhall.local", "--days", "30")
    set_up(monkeypatch)
    with clock.at(NOW + timedelta(days=29)):
        before = serving.warning()
    with clock.at(NOW + timedelta(days=30)):
        after = serving.warning()

    assert before is None
    assert "2026-12-22" in str(after)


def test_the_code_for_phones_is_a_square_in_both_colours():
    lines = telling.code("http://192.168.1.20:8080/").splitlines()

    assert {line.count("▀") for line in lines} == {31}
    assert len(lines) == 16
