"""The command line lists our commands, each with a line and an example; doctor judges what it sees."""

import gc
import json
import os
import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection

from closeknit import cli
from closeknit.console.doctor import database, fitness, machine, summary
from closeknit.console.doctor.finding import Finding, State
from closeknit.console.management.commands.serve import bind, hindrance, refuse_taken
from closeknit.kit.command import Speaking, collect_seldom

NOW = datetime(2026, 11, 20, tzinfo=UTC)
ONLY_WHEN_ASKED = ("duckdb", "pypinyin")
ON = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def closeknit(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What the installed command prints."""
    program = Path(sys.executable).parent / "closeknit"
    settings = {"DJANGO_SETTINGS_MODULE": "closeknit.settings", "LANG": "C.UTF-8"} | environment
    return subprocess.run([program, *words], capture_output=True, text=True, env=os.environ | settings)


def test_every_command_of_ours_speaks_and_has_an_example():
    silent = [name for name, command in cli.ours().items() if not isinstance(command, Speaking)]
    without = [name for name, command in cli.ours().items() if name not in silent and not command.example.startswith(f"closeknit {name}")]

    assert (silent, without) == ([], [])


def test_the_list_of_commands_stands_without_a_word():
    alone, asked = closeknit(), closeknit("--help")

    assert alone.returncode == 0, alone.stderr
    assert alone.stdout == asked.stdout
    assert "doctor" in alone.stdout and "$ closeknit serve" in alone.stdout


def test_the_help_of_a_command_ends_with_its_example():
    assert closeknit("doctor", "--help").stdout.endswith("Example:\n  closeknit doctor\n  closeknit doctor --json\n")


@pytest.mark.parametrize(
    ("shell", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"CLOSEKNIT_LANGUAGE": "en", "LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_the_command_line_speaks_the_language_of_the_shell(shell: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch):
    for name in ("CLOSEKNIT_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in shell.items():
        monkeypatch.setenv(name, value)

    assert cli.language() == language


def test_serve_refuses_a_database_that_is_behind(tmp_path: Path):
    answer = closeknit("serve", CLOSEKNIT_DATABASE_URL=f"sqlite:///{tmp_path}/empty.db")

    assert answer.returncode == 1
    assert answer.stderr.endswith("Make a backup, then type: closeknit migrate\n")


@pytest.mark.parametrize("value", ["8000", "localhost:", "localhost:http", "localhost:0", "localhost:99999"])
def test_serve_names_an_address_that_is_none(value: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CLOSEKNIT_BIND", value)

    with pytest.raises(CommandError, match=r"127\.0\.0\.1:8000"):
        bind()


def test_serve_takes_an_address_of_both_families(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CLOSEKNIT_BIND", "[::1]:8000")

    assert bind() == ("::1", 8000)


def test_serve_does_not_share_a_port_with_another_server():
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as a second server of ours would
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CommandError, match=f":{port} .*CLOSEKNIT_BIND="):
            refuse_taken("127.0.0.1", port)

    refuse_taken("127.0.0.1", port)


def test_serve_waits_until_a_server_that_was_stopped_has_left_the_port():
    other = socket.socket()
    other.bind(("127.0.0.1", 0))
    other.listen()
    address, port = other.getsockname()
    threading.Timer(0.5, other.close).start()

    refuse_taken(address, port)

    assert hindrance(address, port) is None


def test_doctor_fails_where_the_database_is_behind_and_says_what_to_type(tmp_path: Path):
    answer = closeknit("doctor", "--json", CLOSEKNIT_DATABASE_URL=f"sqlite:///{tmp_path}/empty.db", CLOSEKNIT_HOME=str(tmp_path / "home"))
    found = {finding["slug"]: finding for finding in json.loads(answer.stdout)}

    assert answer.returncode == 1
    assert found["migrations"]["state"] == "failed"
    assert found["migrations"]["cure"] == "Make a backup, then type: closeknit migrate"
    assert (found["durability"]["state"], found["secrets"]["state"]) == ("fine", "fine")


@pytest.mark.django_db
def test_doctor_finds_this_database_in_order():
    found = {finding.slug: finding.state for finding in database.examine()}

    assert found.pop("database_clock", State.FINE) is State.FINE
    assert found == {"durability": State.FINE, "migrations": State.FINE}
    assert connection.vendor in {"sqlite", "postgresql"}


JUDGED = {
    "SQLite with a write-ahead log": (database.sqlite_durability("wal", 2), State.FINE),
    "SQLite that syncs now and then": (database.sqlite_durability("wal", 1), State.FAILED),
    "SQLite with a journal to delete": (database.sqlite_durability("delete", 2), State.FAILED),
    "PostgreSQL as it comes": (database.postgresql_durability(150004, ON), State.FINE),
    "PostgreSQL without fsync": (database.postgresql_durability(150004, ON | {"fsync": "off"}), State.FAILED),
    "PostgreSQL that confirms too early": (database.postgresql_durability(150004, ON | {"synchronous_commit": "off"}), State.FAILED),
    "PostgreSQL with torn pages": (database.postgresql_durability(150004, ON | {"full_page_writes": "off"}), State.FAILED),
    "an old PostgreSQL": (database.postgresql_durability(140009, ON), State.FAILED),
    "clocks that agree": (database.clocks_agree(NOW, NOW + timedelta(seconds=1)), State.FINE),
    "clocks that do not": (database.clocks_agree(NOW, NOW - timedelta(minutes=1)), State.FAILED),
    "a database that is up to date": (database.migrated([]), State.FINE),
    "a database that is behind": (database.migrated(["ledger.0002"]), State.FAILED),
    "a roomy disk": (machine.disk(50 * machine.GIGABYTE, Path("/")), State.FINE),
    "a disk that fills": (machine.disk(3 * machine.GIGABYTE, Path("/")), State.NOTE),
    "a full disk": (machine.disk(1000, Path("/")), State.FAILED),
    "a clock kept by NTP": (machine.right_time(NOW, True), State.FINE),
    "a clock that nobody speaks of": (machine.right_time(NOW, None), State.FINE),
    "a clock that drifts": (machine.right_time(NOW, False), State.NOTE),
    "a clock of 1970": (machine.right_time(datetime(1970, 1, 1, tzinfo=UTC), True), State.FAILED),
    "a Chinese font": (machine.chinese_font(["NotoSansCJK-Regular.ttc"]), State.FINE),
    "no Chinese font": (machine.chinese_font([]), State.FAILED),
    "plain error pages": (fitness.debugging(False), State.FINE),
    "telling error pages": (fitness.debugging(True), State.FAILED),
    "a site of this machine": (fitness.encrypted(False, "127.0.0.1:8000"), State.FINE),
    "an encrypted site": (fitness.encrypted(True, "0.0.0.0:8000"), State.FINE),
    "an open site": (fitness.encrypted(False, "0.0.0.0:8000"), State.FAILED),
    "invented persons": (fitness.fit_for_real_persons(False), State.NOTE),
    "real persons": (fitness.fit_for_real_persons(True), State.NOTE),
}


@pytest.mark.parametrize(("finding", "state"), JUDGED.values(), ids=JUDGED)
def test_doctor_judges(finding: Finding, state: State):
    assert finding.state is state
    assert (finding.cure is None) is (state is State.FINE)


def test_doctor_sees_keys_and_folders_that_others_can_read(tmp_path: Path):
    home = tmp_path / "home"
    (home / "keys").mkdir(parents=True, mode=0o700)
    home.chmod(0o700)
    (home / "keys/index").touch(mode=0o600)
    before = machine.secrets_kept(home).state

    (home / "keys/index").chmod(0o640)
    key_open = machine.secrets_kept(home).state
    (home / "keys/index").chmod(0o600)
    home.chmod(0o755)

    assert (before, key_open, machine.secrets_kept(home).state) == (State.FINE, State.FAILED, State.FAILED)


def test_no_password_is_printed():
    shown = summary.without_password("postgresql://ana:s3cret@db:5432/closeknit")

    assert shown == "postgresql://ana:…@db:5432/closeknit"


@pytest.fixture
def as_before():
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


@pytest.mark.usefixtures("as_before")
def test_what_is_loaded_is_never_walked_again():
    collect_seldom()

    assert gc.get_freeze_count() > 100_000
    assert gc.get_count()[2] == 0


@pytest.mark.usefixtures("as_before")
def test_ten_thousand_rows_start_no_walk():
    collect_seldom()
    walks = sum(generation["collections"] for generation in gc.get_stats())

    rows = [[number] for number in range(10_000)]

    assert sum(generation["collections"] for generation in gc.get_stats()) == walks
    assert len(rows) == 10_000


def test_a_command_does_not_load_what_only_few_need(tmp_path: Path):
    said = f"import sys, django; django.setup(); print(*[each for each in {ONLY_WHEN_ASKED} if each in sys.modules])"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "closeknit.settings", "CLOSEKNIT_HOME": str(tmp_path / "home")}

    loaded = subprocess.run([sys.executable, "-c", said], env=environment, capture_output=True, text=True, check=True).stdout.split()

    assert loaded == []
