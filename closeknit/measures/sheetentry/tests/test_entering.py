"""A sheet that came back is entered: the records are those that a phone would have sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.models import Event, Refusal
from closeknit.paper.models import Row, Scan, Sheet
from closeknit.registry.models import Found
from closeknit.reports.figures import Question, figures
from tests.everywhere.papers import PNG, a_sheet, printed
from tests.town import GRID, START, TOWN, WEST, Cast, Field

NOW = START + timedelta(hours=8)  # 16:00 in the town
VISIT = "doorknock.visited"


@pytest.fixture(autouse=True)
def _afternoon():
    with clock.at(NOW):
        yield


@pytest.fixture
def sheet(ben: Any) -> Sheet:
    """The doors that are left in the western village, taken out by its worker."""
    return printed(ben, VISIT, area=WEST, rows="left:sweep", member="W1")


def enter(client: Any, sheet: Sheet, worker: str = "W1", do: str = "save", **rows: dict[str, str]) -> Any:
    """Sends the grid; `r1={"time": "905", "outcome": "1"}` is what was typed into the first row."""
    typed = {f"{row}.{name}": text for row, cells in rows.items() for name, text in cells.items()}
    return client.post(f"/sheets/{sheet.code}/", {"day": sheet.day.isoformat(), "worker": worker, "do": do, **typed})


def plain(event: Event) -> tuple[Any, ...]:
    return (event.kind, event.household, event.person, event.place, event.area, event.at, event.member, event.told(), event.flags)


def test_the_record_is_the_one_that_a_phone_sends(ben, sheet, field_records: Field):
    met = {"outcome": "1", "present": "3", "booster": "2", "leaflet": "1", "needs": "药、米", "note": "夜里再来"}
    enter(ben, sheet, r1={"time": "905", **met}, r3={"time": "9:20", "outcome": "2"})
    on_paper = list(Event.objects.filter(kind=VISIT).order_by("at"))

    told = {"outcome": "met", "present": 3, "booster": "agreed", "leaflet": True, "needs": ["药", "米"], "note": "夜里再来"}
    field_records.record(VISIT, household="H1", area=WEST, at="2022-03-18T09:05:00+08:00", data=told)
    field_records.record(VISIT, household="H3", area=GRID, at="2022-03-18T09:20:00+08:00", data={"outcome": "absent"})
    by_phone = list(Event.objects.filter(kind=VISIT, device="D1").order_by("at"))

    assert [plain(event) for event in on_paper] == [plain(event) for event in by_phone]
    assert {event.device for event in on_paper} == {"console:ben"}


def test_coverage_by_paper_equals_coverage_by_phone(ben, sheet, field_records: Field):
    question = (WEST, START, START + timedelta(days=1))
    enter(ben, sheet, r1={"time": "905", "outcome": "1"}, r2={"time": "910", "outcome": "3"}, r3={"time": "920", "outcome": "4"})
    by_paper = figures(Question(*question))

    for event in Event.objects.filter(kind=VISIT):
        field_records.record("ledger.voided", area=event.area, corrects=str(event.id), data={"reason": "x"})
    emptied = figures(Question(*question))
    for household, area, at, outcome in (("H1", WEST, "09:05", "met"), ("H2", WEST, "09:10", "refused"), ("H3", GRID, "09:20", "moved")):
        field_records.record(VISIT, household=household, area=area, at=f"2022-03-18T{at}:00+08:00", data={"outcome": outcome})

    assert figures(Question(*question)) == by_paper != emptied
    assert (by_paper["doorknock.settled"], by_paper["doorknock.gap"], by_paper["doorknock.visitors"]) == (2, 1, 1)


def test_a_whole_sheet_says_so_and_is_done(ben, sheet):
    answer = enter(ben, sheet, r1={"time": "905", "outcome": "1"}, r2={"time": ".", "outcome": "1"}, r3={"time": "950", "outcome": "2"})
    shown = ben.get(answer.headers["Location"]).content.decode()

    assert "3 of 3 entered" in shown
    assert Sheet.objects.get().done_by == "ben"
    assert [event.at.isoformat() for event in Event.objects.order_by("at", "seq")][:2] == ["2022-03-18T01:05:00+00:00"] * 2


def test_the_same_press_twice_makes_no_double_and_other_words_change_nothing(ben, sheet):
    for outcome in ("1", "1", "3"):
        enter(ben, sheet, r1={"time": "905", "outcome": outcome})

    assert [event.data["outcome"] for event in Event.objects.all()] == ["met"]


@pytest.mark.parametrize(
    ("typed", "cell", "remedy"),
    [
        ({"outcome": "1"}, "time", "Type the time that stands on the paper"),
        ({"time": "."}, "time", "Type the time that stands on the paper"),
        ({"time": "9.65", "outcome": "1"}, "time", "takes a time such as 9:05 or 905"),
        ({"time": "2330", "outcome": "1"}, "time", "2022-03-18 23:30 is still to come"),
        ({"time": "905", "outcome": "9"}, "outcome", "1 Met · 2 Nobody home"),
        ({"time": "905"}, "outcome", "1 Met · 2 Nobody home"),
        ({"time": "905", "outcome": "1", "present": "three"}, "present", "takes a whole number such as 12"),
        ({"time": "905", "outcome": "1", "leaflet": "perhaps"}, "leaflet", "1 for yes, nothing for no"),
    ],
)
def test_a_wrong_row_says_where_and_what_to_do_keeps_what_was_typed_and_the_good_one_is_saved(ben, sheet, typed, cell, remedy):
    answer = enter(ben, sheet, r1=typed, r2={"time": "910", "outcome": "2"})
    page = answer.content.decode()

    assert (answer.status_code, [event.household for event in Event.objects.all()]) == (422, ["H2"])
    assert f'href="#r1-{cell}"' in page and remedy in page
    assert all(f'name="r1.{name}" value="{text}"' in page for name, text in typed.items())
    assert "1 of 3 entered" in page and Refusal.objects.count() == 0


def test_a_row_put_right_after_a_mistake_is_entered(ben, sheet):
    enter(ben, sheet, r1={"time": "905", "outcome": "9"})

    answer = enter(ben, sheet, r1={"time": "905", "outcome": "1"})

    assert (answer.status_code, Event.objects.count()) == (302, 1)


def test_what_contradicts_itself_is_marked_and_can_be_put_right(ben):
    sheet = printed(ben, "checkpoints.person_checked", area=WEST, rows="blank", place="CP1", member="W1")
    wrong = {"time": "905", "decision": "2", "emergency": "1", "reason": "x"}

    refused = enter(ben, sheet, r1=wrong)
    mended = enter(ben, sheet, r1={**wrong, "emergency": ""})

    assert (refused.status_code, mended.status_code) == (422, 302)
    assert 'href="#r1-decision"' in refused.content.decode()
    assert [(event.place, event.data["decision"]) for event in Event.objects.all()] == [("CP1", "turned_away")]


def test_an_empty_row_makes_no_record_and_what_holds_for_all_alone_neither(ben, sheet):
    answer = enter(ben, sheet, r0={"note": "雨天"})

    assert (answer.status_code, Event.objects.count()) == (302, 0)


def test_what_holds_for_all_rows_is_typed_once(ben, sheet):
    enter(
        ben,
        sheet,
        r0={"note": "雨天", "leaflet": "1"},
        r1={"time": "905", "outcome": "1"},
        r2={"time": "910", "outcome": "1", "note": "狗"},
    )

    assert [(event.told()["note"], event.data["leaflet"]) for event in Event.objects.order_by("at")] == [("雨天", True), ("狗", True)]


def test_a_row_entered_shows_its_record_and_a_withdrawn_one_is_open_again(ben, sheet):
    enter(ben, sheet, r1={"time": "905", "outcome": "1"})
    event = Event.objects.get()
    entered = ben.get(f"/sheets/{sheet.code}/").content.decode()
    withdrawn = ben.post(f"/record/withdraw/{event.id}/", {"reason": "填错行"})
    opened = ben.get(f"/sheets/{sheet.code}/").content.decode()
    again = enter(ben, sheet, r1={"time": "905", "outcome": "3"})

    assert f"/record/correct/{event.id}/" in entered and 'name="r1.outcome"' not in entered
    assert (withdrawn.status_code, 'name="r1.outcome"' in opened, again.status_code) == (302, True, 302)
    assert [event.data["outcome"] for event in Event.objects.filter(kind=VISIT, superseded_at=None)] == ["refused"]


def test_a_row_that_was_put_right_shows_the_correction(ben, sheet):
    enter(ben, sheet, r1={"time": "905", "outcome": "1"})
    ben.post(f"/record/correct/{Event.objects.get().id}/", {"outcome": "vacant", "reason": "看错"})

    page = ben.get(f"/sheets/{sheet.code}/").content.decode()

    assert "Vacant" in page and "1 of 3 entered" in page


def test_whom_no_list_knows_is_found_by_an_empty_row(ben, sheet):
    answer = enter(ben, sheet, r4={"who": "船家老何", "where": "渡口旧船坞", "new": "1", "time": "1010", "outcome": "1"})
    found, visit = Found.objects.get(), Event.objects.get(kind=VISIT)

    assert answer.status_code == 302
    assert (visit.household, visit.member, found.area) == (found.code, "W1", WEST)
    assert Event.objects.get(kind="registry.found").told() == {"what": "household", "name": "船家老何", "landmark": "渡口旧船坞"}
    assert (Row.objects.get(number=4).code, "1 of 4 entered" in ben.get(f"/sheets/{sheet.code}/").content.decode()) == (found.code, True)


@pytest.mark.parametrize(
    ("who", "household", "remedy"),
    [("尉迟恭", "H3", ""), ("H2", "H2", ""), ("卢", "H1", ""), ("无此人", "", "Whom no list knows: tick"), ("邻人", "", "answers to"),
     ("H9", "", "answers to")],
)  # fmt: skip
def test_whoever_was_written_into_an_empty_row_is_found_in_ones_area_only(ben, sheet, who: str, household: str, remedy: str):
    answer = enter(ben, sheet, r5={"who": who, "time": "1010", "outcome": "1"})

    assert [event.household for event in Event.objects.all()] == ([household] if household else [])
    assert remedy in answer.content.decode()


def test_a_sheet_of_workers_records_each_by_themselves(ben):
    sheet = printed(ben, "workforce.signed_in", area=TOWN, rows="workers")
    rows = {row.code: f"r{row.number}" for row in Row.objects.filter(listed=True)}

    enter(ben, sheet, worker="", **{rows[code]: {"time": "8:00", "post": "渡口"} for code in ("W1", "W2")})

    assert [(event.member, event.told()["post"]) for event in Event.objects.order_by("member")] == [("W1", "渡口"), ("W2", "渡口")]


def test_somebody_must_have_done_the_work(ben, sheet):
    answer = enter(ben, sheet, worker="W404", r1={"time": "905", "outcome": "1"})

    assert (answer.status_code, Event.objects.count()) == (422, 0)
    assert 'href="#worker"' in answer.content.decode() and 'name="r1.outcome" value="1"' in answer.content.decode()


def test_a_sheet_of_which_the_rest_stays_empty_is_done_and_can_be_opened_again(ben, sheet):
    enter(ben, sheet, do="finish", r1={"time": "905", "outcome": "1"})
    done = Sheet.objects.get().done_at
    enter(ben, sheet, do="open")

    assert (done, Sheet.objects.get().done_at) == (NOW, None)


def test_the_reading_of_a_sheet_is_written_down(ben, sheet):
    ben.get(f"/sheets/{sheet.code}/")

    assert [(reading.screen, reading.what, reading.codes) for reading in Reading.objects.filter(screen="sheetentry.sheet")] == [
        ("sheetentry.sheet", "household", ["H1", "H2", "H3"])
    ]


def test_a_town_of_another_county_sees_no_sheet_of_ours(client, cast: Cast, sheet):
    client.force_login(cast.dov)

    assert [client.get(f"/sheets/{code}/").status_code for code in (sheet.code, "ABCDEFG")] == [404, 404]
    assert client.post(f"/sheets/{sheet.code}/", {"r1.time": "905"}).status_code == 404


def test_who_records_nothing_of_a_kind_enters_no_sheet_of_it(client, cast: Cast):
    code = a_sheet(kind="checkpoints.tallied")["sheet"]
    client.force_login(cast.ana)

    assert client.get(f"/sheets/{code}/").status_code == 403


def upload(client: Any, sheet: Sheet, content: bytes = PNG) -> Any:
    return client.post(f"/sheets/{sheet.code}/", {"do": "keep", "scan": SimpleUploadedFile("王家.png", content)}, follow=True)


def test_the_scan_is_kept_beside_the_grid_and_its_reading_is_written_down(ben, sheet):
    page = upload(ben, sheet).content.decode()
    (scan,) = Scan.objects.all()
    answer = ben.get(f"/sheets/{sheet.code}/scan/{scan.pk}/")

    assert f'<img src="/sheets/{sheet.code}/scan/{scan.pk}/"' in page
    assert (answer.content, answer.headers["Content-Type"], "王家" in str(answer.headers)) == (PNG, "image/png", False)
    assert [(each.what, each.codes, each.purpose) for each in Reading.objects.filter(screen="sheetentry.scan")] == [
        ("sheet", sorted([sheet.code, "H1", "H2", "H3"]), "scan")
    ]


def test_a_pdf_is_opened_by_itself_and_what_is_neither_is_refused(ben, sheet):
    pdf, other = upload(ben, sheet, b"%PDF-1.7 x").content.decode(), upload(ben, sheet, b"MZ").content.decode()

    assert ("<img src=" in pdf, "Open in a new tab" in pdf) == (False, True)
    assert "This is no photograph and no PDF" in other
    assert Scan.objects.count() == 1


def test_a_scan_is_destroyed_by_who_manages_sheets_only(client, cast: Cast, ben, sheet):
    upload(ben, sheet)
    (scan,) = Scan.objects.all()
    do = {"do": "destroy", "scan": str(scan.pk)}
    client.force_login(cast.ana)
    refused = client.post(f"/sheets/{sheet.code}/", do)
    client.force_login(cast.ben)
    done = client.post(f"/sheets/{sheet.code}/", do)

    assert (refused.status_code, done.status_code, Scan.objects.count()) == (403, 302, 0)
    assert client.get(f"/sheets/{sheet.code}/scan/{scan.pk}/").status_code == 404


def test_a_scan_of_another_county_is_not_there(client, cast: Cast, ben, sheet):
    upload(ben, sheet)
    (scan,) = Scan.objects.all()
    client.force_login(cast.dov)

    assert client.get(f"/sheets/{sheet.code}/scan/{scan.pk}/").status_code == 404
