"""Letters that wait, and outboxes that come as files."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.devices.tests.conftest import Enrolled
from closeknit.sync.enrolment.letters import bundle
from closeknit.sync.enrolment.rescue import keep
from closeknit.sync.enrolment.tests.phone import Phone
from closeknit.sync.models import Device, Letter
from tests.town import Cast, Field


def letters(phone: Phone, count: int, **rest: Any) -> list[dict[str, Any]]:
    field = Field()
    visit = {"household": "H1", "data": {"outcome": "met"}, "clock_error": 0, **rest}
    return [phone.letter(field.event("doorknock.visited", device=phone.device, **visit)) for _ in range(count)]


def exported(phone: Phone, told: list[dict[str, Any]]) -> SimpleUploadedFile:
    """The file as the phone exports it."""
    return SimpleUploadedFile("closeknit-outbox.json", json.dumps(phone.bundle(*told)).encode())


@pytest.fixture
def waiting(enrolled: Enrolled) -> Phone:
    """A revoked phone with three letters, of which one cannot be opened."""
    phone = enrolled(revoked_at=clock.now(), revoked_why="lost")
    first, second, third = letters(phone, 3)
    keep(bundle(json.dumps(phone.bundle(first, second, {**third, "iv": "AAAAAAAAAAAAAAAA"})).encode()))
    return phone


def test_the_list_says_whose_letters_wait_and_how_many(ben, waiting: Phone):
    shown = ben.get("/phones/letters/").content.decode()

    assert [word for word in ("D-22222", "村干部甲", ">3<", "1–3", "waits") if word not in shown] == []
    assert "3 letters" in ben.get("/phones/").content.decode()
    assert "D-22222" in ben.get("/phones/letters/D-22222/").content.decode()


def test_taking_in_opens_and_records_and_says_what_came_of_it(ben, waiting: Phone):
    answer = ben.post("/phones/letters/D-22222/", {"do": "take"})

    assert answer.status_code == 200
    assert dict(Letter.objects.values_list("seq", "state")) == {1: "taken", 2: "taken", 3: "unreadable"}
    assert list(Event.objects.values_list("device", "member").distinct()) == [("D-22222", "W1")]
    assert set(Letter.objects.values_list("decided_by", flat=True)) == {"W3"}
    assert "Cannot be opened, kept" in answer.content.decode()
    assert "cannot be opened" in ben.get("/phones/letters/").content.decode()


def test_a_clerk_sees_which_other_phone_brought_a_letter(ben, waiting: Phone):
    keep(bundle(json.dumps(waiting.bundle(waiting.letter({"seq": 9}))).encode()), by="D-STRANGE")

    shown = ben.get("/phones/letters/D-22222/").content.decode()

    assert (shown.count("D-STRANGE"), shown.count("this phone, or a file")) == (1, 1)


def test_refusing_asks_why_and_keeps_the_letters(ben, waiting: Phone):
    without = ben.post("/phones/letters/D-22222/", {"do": "refuse", "reason": ""})
    ben.post("/phones/letters/D-22222/", {"do": "refuse", "reason": "the phone was stolen"})

    assert (without.status_code, Event.objects.count()) == (422, 0)
    assert set(Letter.objects.values_list("state", "reason")) == {("refused", "the phone was stolen")}
    assert "D-22222" not in ben.get("/phones/letters/").content.decode()
    assert "the phone was stolen" in ben.get("/phones/letters/D-22222/").content.decode()
    assert "D-22222" in ben.get("/phones/letters/?all=1").content.decode()


def test_a_village_looks_and_does_not_decide(client, cast: Cast, waiting: Phone):
    client.force_login(cast.ana)

    assert [client.get(path).status_code for path in ("/phones/letters/", "/phones/letters/D-22222/")] == [200, 200]
    assert client.post("/phones/letters/D-22222/", {"do": "take"}).status_code == 403
    assert Event.objects.count() == 0


def test_another_county_sees_no_letters(client, cast: Cast, waiting: Phone):
    client.force_login(cast.dov)

    assert "D-22222" not in client.get("/phones/letters/").content.decode()


def test_no_letters_is_said(ben):
    assert "No letters wait" in ben.get("/phones/letters/").content.decode()


def test_a_file_is_imported_once_and_says_what_was_new_known_and_refused(ben, enrolled: Enrolled):
    phone = enrolled()
    told = letters(phone, 2) + [{**each, "seq": each["seq"]} for each in letters(phone, 0)]
    field = Field()
    field.seqs[phone.device] = iter([3])
    told.append(phone.letter(field.event("doorknock.visited", device=phone.device, area="999", household="H1", data={"outcome": "met"})))

    first = ben.post("/phones/outbox/", {"files": exported(phone, told)}).content.decode()
    again = ben.post("/phones/outbox/", {"files": exported(phone, told)}).content.decode()

    assert "<dt>New, recorded</dt><dd>2</dd>" in first
    assert "This area is not known here" in first
    assert "<dt>New, recorded</dt><dd>0</dd>" in again
    assert "<dt>Known already</dt><dd>3</dd>" in again
    assert Event.objects.count() == 2


def test_the_file_of_a_revoked_phone_waits(ben, enrolled: Enrolled):
    phone = enrolled(revoked_at=clock.now())

    shown = ben.post("/phones/outbox/", {"files": exported(phone, letters(phone, 2))}).content.decode()

    assert "Wait for a decision" in shown
    assert (Event.objects.count(), Letter.objects.filter(state="waiting").count()) == (0, 2)


def test_files_that_are_none_and_files_of_others_say_what_to_do(client, cast: Cast, enrolled: Enrolled):
    phone = enrolled()
    client.force_login(cast.dov)
    client.cookies["django_language"] = "en"

    other = client.post("/phones/outbox/", {"files": exported(phone, letters(phone, 1))})
    none = client.post("/phones/outbox/", {"files": SimpleUploadedFile("x.json", b"{")})
    nothing = client.post("/phones/outbox/", {})

    assert [each.status_code for each in (other, none, nothing)] == [422] * 3
    assert "not enrolled in your area" in other.content.decode()
    assert "Export it on the phone again" in none.content.decode()
    assert "Choose the file" in nothing.content.decode()
    assert Letter.objects.count() == 0


def test_the_command_line_imports_files_too(enrolled: Enrolled, tmp_path: Path):
    phone = enrolled()
    path, broken = tmp_path / "outbox.json", tmp_path / "broken.json"
    path.write_text(json.dumps(phone.bundle(*letters(phone, 2))))
    broken.write_text("{")
    out = StringIO()

    call_command("outbox", str(path), stdout=out)
    with pytest.raises(CommandError):
        call_command("outbox", str(broken), str(path), stdout=out)

    assert Event.objects.count() == 2
    assert "D-22222" in out.getvalue()
    assert Device.objects.count() == 1
