"""The screens of the day in the small county: Ana confirms, Ben closes, Dov sees nothing."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.daily.measure import MEASURE
from closeknit.measures.evidence.measure import MEASURE as EVIDENCE
from closeknit.reports.closing import declare
from closeknit.reports.duty import owe
from closeknit.reports.models import Sealed
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account

DAY = "2022-03-18"
FOUR, HALF_PAST_FIVE = (datetime.fromisoformat(f"{DAY}T{time}:00+08:00") for time in ("16:00", "17:30"))
SignIn = Callable[[Any], Any]


@pytest.fixture
def four(field_records: Field) -> Iterator[Field]:
    """Four o'clock; one door was met, one car came to the wharf."""
    with clock.at(START - timedelta(hours=12)):
        owe(TOWN, cut_off="17:00", units=[WEST, EAST], first_day=date(2022, 3, 18), last_day=None)
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    data = {"vehicle": "car", "plate": "湘U88888", "decision": "turned_away", "reason": "无证明"}
    field_records.record("checkpoints.vehicle_checked", place="CP1", data=data)
    with clock.at(FOUR):
        yield field_records


def text(response: Any) -> str:
    """What a page says."""
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def confirmed() -> int:
    """How many confirmations stand."""
    return Event.objects.filter(kind="reports.confirmed", superseded_at__isnull=True).count()


def test_a_secretary_confirms_with_one_press_and_takes_it_back(four: Field, cast: Cast, sign_in: SignIn):
    ana = sign_in(cast.ana)
    page = text(ana.get("/report/"))
    assert "17:00 前确认即为按时，还有 1 小时 0 分钟。" in page
    assert "确认零报告" not in page, "there is a visit today"

    pressed = ana.post(reverse("daily.confirm", args=[WEST, DAY]), {"zero": "no", "seen": "0" * 32, "day": DAY}, follow=True)

    event = Event.objects.get(kind="reports.confirmed")
    assert "按时确认" in text(pressed)
    assert (event.member, event.data["seen"], confirmed()) == ("W1", "0" * 32, 1)
    undone = ana.post(reverse("daily.undo", args=[WEST, DAY, event.id]), follow=True)
    assert ("尚未确认" in text(undone), confirmed()) == (True, 0)


def test_the_figures_of_a_report_cannot_be_typed(four: Field, cast: Cast, sign_in: SignIn):
    page = text(sign_in(cast.ana).get("/report/"))
    form = page[page.index("daily-press") - 2000 : page.index("daily-note") + 600]

    assert [name for name in ("doorknock", "checkpoints", "registry") if f'name="{name}' in form] == []


def test_a_unit_without_any_record_may_confirm_zero(four: Field, cast: Cast, sign_in: SignIn):
    eva = account("eva", "village_secretary", EAST, member="W2")
    assert "确认零报告" in text(sign_in(eva).get("/report/"))

    sign_in(eva).post(reverse("daily.confirm", args=[EAST, DAY]), {"zero": "yes"})

    assert Event.objects.get(kind="reports.confirmed").data["zero"] is True


def test_undo_is_over_after_two_minutes(four: Field, cast: Cast, sign_in: SignIn):
    ana = sign_in(cast.ana)
    ana.post(reverse("daily.confirm", args=[WEST, DAY]), {})
    event = Event.objects.get(kind="reports.confirmed")

    with clock.at(FOUR + timedelta(minutes=3)):
        ana.post(reverse("daily.undo", args=[WEST, DAY, event.id]))

    assert confirmed() == 1


def test_a_clerk_confirms_for_a_unit_that_calls(four: Field, cast: Cast, sign_in: SignIn):
    ben = sign_in(cast.ben)
    assert text(ben.get(f"/reports/{TOWN}/")).count("待报") == 4, "two units, the tile and the filter"

    page = text(ben.post(reverse("daily.phone", args=[EAST, DAY]), follow=True))

    assert "电话确认" in page
    assert Event.objects.get(kind="reports.confirmed").data["channel"] == "phone"


def test_a_secretary_neither_confirms_by_telephone_nor_declares_nor_seals(four: Field, cast: Cast, sign_in: SignIn):
    ana = sign_in(cast.ana)

    answers = {name: ana.post(reverse(f"daily.{name}", args=[WEST, DAY])).status_code for name in ("phone", "declare", "seal")}

    assert answers == {"phone": 403, "declare": 403, "seal": 403}


def test_declared_totals_are_shown_apart(four: Field, cast: Cast, sign_in: SignIn):
    ben = sign_in(cast.ben)
    told = {"channel": "phone", "by": "村文书", "doorknock.visits": "25"}
    assert ben.post(reverse("daily.declare", args=[EAST, DAY]), told).status_code == 302

    page = text(ben.get(f"/reports/{TOWN}/{DAY}/"))

    assert "申报数据（另列，未计入以上数据）" in page
    assert "村文书" not in page


def test_a_figure_that_is_no_number_is_refused_with_what_is_allowed(four: Field, cast: Cast, sign_in: SignIn):
    answer = sign_in(cast.ben).post(
        reverse("daily.declare", args=[EAST, DAY]), {"channel": "phone", "by": "甲", "doorknock.visits": "很多"}
    )

    assert answer.status_code == 422
    assert Event.objects.filter(kind="reports.declared").count() == 0


def test_any_screen_after_the_cut_off_seals(four: Field, cast: Cast, sign_in: SignIn):
    ben = sign_in(cast.ben)
    assert "自动封存" in text(ben.get(f"/reports/{TOWN}/"))
    assert Sealed.objects.count() == 0

    with clock.at(HALF_PAST_FIVE):
        assert "已封存" in text(ben.get(f"/reports/{TOWN}/"))

    assert [(one.area, str(one.day)) for one in Sealed.objects.all()] == [(TOWN, DAY)]


def test_the_papers_of_a_sealed_report_can_be_fetched(four: Field, cast: Cast, sign_in: SignIn):
    ben = sign_in(cast.ben)
    with clock.at(HALF_PAST_FIVE):
        document = ben.get(reverse("daily.docx", args=[TOWN, DAY]))
        four.now = HALF_PAST_FIVE
        four.record("doorknock.visited", household="H2", data={"outcome": "met"}, at=FOUR.isoformat())
        again = ben.get(reverse("daily.docx", args=[TOWN, DAY]))
        changed = text(ben.get(reverse("daily.changed", args=[TOWN, DAY])))
        why = text(ben.get(reverse("daily.why", args=[TOWN, DAY, "doorknock.visits"])))

    assert document["Content-Disposition"] == f'attachment; filename="{TOWN}-{DAY}.docx"'
    assert document.content == again.content
    assert "走访次数" in changed
    assert ("封存后收到" in why, "增 1" in why) == (True, True)


def test_no_word_of_a_record_breaks_the_report(four: Field, cast: Cast, sign_in: SignIn):
    for pack in ("米/面", "米\n面", "../米"):
        four.record("supplies.delivered", household="H1", data={"pack": pack, "quantity": 2})
    ben = sign_in(cast.ben)

    page = text(ben.get(f"/reports/{TOWN}/{DAY}/"))

    ways = {html.unescape(way) for way in re.findall(r'href="(/figures/supplies[^"]+)"', page)}
    assert [way for way in ways if quote("米/面") in way], "a figure of its own leads to its rows"
    assert {ben.get(way).status_code for way in ways} == {200}


def test_evidence_of_whereabouts_shows_nobody(four: Field, cast: Cast, sign_in: SignIn):
    page = text(sign_in(cast.ben).get(f"/figures/checkpoints.vehicles/?area={TOWN}"))

    event = Event.objects.get(kind="checkpoints.vehicle_checked")
    assert ("渡口卡点" in page, "劝返" in page) == (True, True)
    assert [word for word in ("湘U88888", "无证明", "村干部甲", str(event.id), "/event/") if word in page] == []
    assert Reading.objects.count() == 0


def test_evidence_that_shows_households_is_written_to_the_trail(four: Field, cast: Cast, sign_in: SignIn):
    sign_in(cast.ben).get(f"/figures/doorknock.visits/?area={TOWN}")

    reading = Reading.objects.get()
    assert (reading.account, reading.what, reading.codes) == ("ben", "household", ["H1"])


def test_evidence_takes_the_right_to_its_measure(four: Field, cast: Cast, sign_in: SignIn):
    chen = sign_in(cast.chen)

    assert chen.get(f"/figures/checkpoints.vehicles/?area={TOWN}").status_code == 403
    assert f"/figures/checkpoints.vehicles/?area={TOWN}" not in text(chen.get(f"/reports/{TOWN}/{DAY}/"))


def test_a_time_that_is_none_is_told_so(four: Field, cast: Cast, sign_in: SignIn):
    assert sign_in(cast.ben).get(f"/figures/doorknock.visits/?area={TOWN}&from=yesterday").status_code == 400


def test_dov_of_another_county_finds_nothing_anywhere(four: Field, cast: Cast, sign_in: SignIn):
    ana = sign_in(cast.ana)
    ana.post(reverse("daily.confirm", args=[WEST, DAY]), {})
    declare(EAST, date(2022, 3, 18), figures={"doorknock.visits": 1}, declared_by="甲", channel="phone", by="W3")
    event, dov = Event.objects.get(kind="reports.confirmed"), sign_in(cast.dov)
    parts = {"area": WEST, "day": DAY, "event": event.id, "name": "doorknock.visits"}
    before = Event.objects.count()

    for screen in (*MEASURE.screens, *EVIDENCE.screens):
        if screen.name not in ("daily.mine", "daily.evidence"):
            url = screen.url(**{name: value for name, value in parts.items() if f":{name}>" in screen.path})
            assert [dov.get(url).status_code, dov.post(url).status_code] == [404, 404], screen.name
    for name in ("doorknock.visits", "registry.rows_read", "reports.missing"):
        assert dov.get(f"/figures/{name}/?area={TOWN}").status_code == 404, name
    assert dov.get("/figures/registry.rows_read/").status_code == 404, "it counts the rows of other counties too"
    assert (Event.objects.count(), Reading.objects.count()) == (before, 0)


def test_the_note_of_a_confirmation_is_shown_to_the_village_the_clerk_and_in_the_bulletin(four: Field, cast: Cast, sign_in: SignIn):
    ana = sign_in(cast.ana)
    own = text(ana.post(reverse("daily.confirm", args=[WEST, DAY]), {"note": "渡口停航"}, follow=True))

    clerk = text(sign_in(cast.ben).get(f"/reports/{TOWN}/"))
    bulletin = text(sign_in(cast.ben).get(reverse("daily.bulletin", args=[TOWN, DAY])))
    with clock.at(HALF_PAST_FIVE):
        late = text(sign_in(cast.ben).get(reverse("daily.bulletin", args=[TOWN, DAY])))

    assert "确认说明：渡口停航" in own
    assert "渡口停航" in clerk
    assert [page.count("<dt>西坪村</dt><dd>渡口停航</dd>") for page in (bulletin, late)] == [1, 1]
    assert [page.count("西坪村：渡口停航") for page in (bulletin, late)] == [1, 1]


def test_one_word_before_the_cut_off_and_one_after_it(four: Field, cast: Cast, sign_in: SignIn):
    ben = sign_in(cast.ben)
    addresses = (f"/reports/{TOWN}/", reverse("daily.bulletin", args=[TOWN, DAY]), f"/board/{TOWN}/?at=now")

    said = {}
    for moment in (FOUR, HALF_PAST_FIVE):
        with clock.at(moment):
            pages = [text(ben.get(f"{address}{'?day=' + DAY if address.endswith('/') else ''}")) for address in addresses]
        said[moment] = [[word in page for word in ("待报", "未报", "未收到", "未确认")] for page in pages]

    before, after = [True, False, False, False], [False, True, False, False]
    tomorrows_too = [True, True, False, False]
    assert said == {FOUR: [before, before, before], HALF_PAST_FIVE: [after, after, tomorrows_too]}
