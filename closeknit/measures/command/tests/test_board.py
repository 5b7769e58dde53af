"""The board of the small county: what is not in order, for whom, and where its lines lead."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from closeknit.areas.models import Area
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.measures.command.board import Board
from closeknit.policy.models import Pack
from closeknit.registry.members.telephones import keep
from closeknit.registry.models import Member, Place, RosterRow
from closeknit.reports.duty import owe
from tests.town import COUNTY, EAST, GRID, OTHER_COUNTY, START, TOWN, WEST, Cast, Field, campaign

SignIn = Callable[[Any], Any]
END = START + timedelta(days=2)  # of the sweep: 20 March, 8:00 local
FOUR = datetime.fromisoformat("2022-03-18T16:00:00+08:00")


def lines(account: Any, rf: Any, area: str = TOWN, query: str = "") -> dict[str, list[tuple[str, int]]]:
    """The board's lines: by rule the names and numbers of its cases."""
    request = rf.get(f"/board/{area}/?{query}")
    shown = Board(request, account, Area.objects.current().get(code=area))
    return {each.line.rule.name: [(str(case.name), case.number) for case in each.line.watched.cases] for each in shown.lines}


@pytest.fixture
def four(field_records: Field) -> Iterator[Field]:
    """Four in the afternoon of the sweep's first day; nobody has recorded anything."""
    with clock.at(FOUR):
        yield field_records


def test_where_all_is_done_the_board_says_so_and_when_it_was_reckoned(four: Field, cast: Cast, sign_in: SignIn, mended: None):
    four.now = FOUR - timedelta(hours=1)
    for household, area in (("H1", WEST), ("H2", WEST), ("H3", GRID), ("H4", EAST), ("H5", EAST)):
        four.record("doorknock.visited", household=household, area=area, data={"outcome": "met"})

    page = sign_in(cast.ben).get("/").content.decode()

    assert "均已落实" in page
    assert "截至 2022-03-18 16:00" in page


@pytest.fixture
def mended(four: Field, cast: Cast) -> None:
    """No roster row is in doubt, and the cold store was looked at."""
    RosterRow.objects.update(left=True)
    chiefs = ["territory", "industry", "enterprise"]
    data = {"notice_posted": True, "chiefs_present": chiefs}
    Field(now=four.now - timedelta(hours=2)).record("coldchain.store_checked", place="CS1", data=data)


def test_doors_left_after_the_end_of_the_sweep_the_worst_village_first(four: Field, cast: Cast, rf: Any, mended: None):
    four.record("doorknock.visited", household="H4", area=EAST, data={"outcome": "met"})
    with clock.at(END + timedelta(hours=1)):
        assert lines(cast.ben, rf)["doorknock.over"] == [("西坪村", 3), ("东岭村", 1)]
        assert lines(cast.ana, rf, WEST)["doorknock.over"] == [("西坪村", 2), ("西坪村第1网格", 1)]


def test_a_village_with_doors_left_that_has_been_silent_for_hours(four: Field, cast: Cast, rf: Any):
    four.now = FOUR - timedelta(hours=4)
    four.record("doorknock.visited", household="H5", area=EAST, data={"outcome": "absent"})
    four.now = FOUR - timedelta(hours=1)
    four.record("doorknock.visited", household="H1", data={"outcome": "met"})

    assert lines(cast.ben, rf)["doorknock.silent"] == [("东岭村", 1)]


def test_nobody_is_silent_at_night(four: Field, cast: Cast, rf: Any):
    with clock.at(FOUR + timedelta(hours=7)):
        assert "doorknock.silent" not in lines(cast.ben, rf)


def test_refusals_that_are_final_are_a_number_above_the_village_and_a_list_in_it(four: Field, cast: Cast, rf: Any, sign_in: SignIn):
    four.now = FOUR - timedelta(hours=2)
    for _ in range(2):
        four.later(minutes=5).record("doorknock.visited", household="H1", data={"outcome": "refused"})

    assert lines(cast.ben, rf)["doorknock.final"] == [("西坪村", 1)]
    assert "state=final" not in sign_in(cast.ben).get("/").content.decode()
    assert "state=final" in sign_in(cast.ana).get("/").content.decode()


def calls(client: Any, area: str = TOWN) -> list[str]:
    """Whom the board's cases name, each with the addresses behind the name."""
    page = client.get(f"/board/{area}/").content.decode()
    return [re.sub(r"<svg.*?</svg>|<(?!a )[^>]*>", "", each).strip() for each in re.findall(r'board-call">(.*?)</span>\n', page)]


def test_each_case_says_whom_to_call_and_dials_their_number(four: Field, cast: Cast, sign_in: SignIn, mended: None):
    keep(Member.objects.current().get(code="W2"), "19900000042;19900000043", by="W3")
    with clock.at(END + timedelta(hours=1)):
        ben, chen = calls(sign_in(cast.ben)), calls(sign_in(cast.chen))

    east = '<a href="tel:19900000042">联系 村干部乙 19900000042 村（社区）干部'
    west = "联系 村干部甲 村（社区）干部 · 未登记电话"
    assert (ben, chen) == ([f'{west} <a href="/duty/of/W1/telephone/">去登记 村干部甲', east], [west, east])


def test_a_telephone_is_entered_only_by_who_may_reach_the_member(four: Field, cast: Cast, sign_in: SignIn, mended: None):
    Member.objects.filter(code="W2").update(role="county_supervisor", area=COUNTY)
    Member.objects.filter(code__in=("W1", "W3")).update(retired_at=FOUR)
    with clock.at(END + timedelta(hours=1)):
        assert calls(sign_in(cast.ben))[0] == "联系 村干部乙 县级督导 · 未登记电话"


@pytest.fixture
def duty(cast: Cast) -> None:
    with clock.at(START - timedelta(hours=12)):
        owe(TOWN, cut_off="17:00", units=[WEST, EAST], first_day=date(2022, 3, 18), last_day=None)


@pytest.mark.parametrize(
    ("hour", "rule"), [("15:59", None), ("16:00", "reports.unconfirmed"), ("16:59", "reports.unconfirmed"), ("17:00", "reports.missing")]
)
def test_a_report_is_asked_for_before_the_cut_off_and_missing_after_it(four: Field, cast: Cast, duty: None, rf: Any, hour: str, rule: str):
    four.now = FOUR - timedelta(hours=1)
    four.record("reports.confirmed", area=EAST, data={"day": "2022-03-18", "unit": EAST})
    with clock.at(datetime.fromisoformat(f"2022-03-18T{hour}:00+08:00")):
        shown = lines(cast.ben, rf)

    assert {name: cases for name, cases in shown.items() if name.startswith("reports.")} == ({rule: [("西坪村", 1)]} if rule else {})


def test_a_post_that_fell_silent_and_not_one_that_never_began(four: Field, cast: Cast, rf: Any):
    Place.objects.create(code="CP2", category="checkpoint", name="新卡点", area=EAST, learned_at=START - timedelta(days=1))
    four.now = FOUR - timedelta(hours=5)
    four.record("checkpoints.person_checked", place="CP1", data={"decision": "admitted"})

    assert lines(cast.ben, rf)["checkpoints.silent"] == [("渡口卡点", 1)]
    four.now = FOUR - timedelta(hours=3)
    four.record("checkpoints.person_checked", place="CP1", data={"decision": "admitted"})
    assert "checkpoints.silent" not in lines(cast.ben, rf)


@pytest.mark.parametrize(("hours", "expected"), [(-3, None), (-2, [("东岭村", 1)]), (5, [("东岭村", 1)])])
def test_places_left_when_the_patrol_ends_soon_or_has_ended(four: Field, cast: Cast, rf: Any, hours: int, expected: Any):
    plan({**campaign("patrol", "venues.patrol", {"category": ["shop"]}), "to": FOUR})
    four.now = FOUR - timedelta(hours=5)
    four.record("venues.patrolled", place="S1", data={"code_posted": True, "scanning": True})
    with clock.at(FOUR + timedelta(hours=hours)):
        assert lines(cast.ben, rf).get("venues.left") == expected


def test_a_returnee_whom_nobody_has_verified_in_time(four: Field, cast: Cast, rf: Any):
    said = {"name": "卢兰利", "origin": "430100", "arrived_at": "2022-03-18"}
    four.record("returnees.declared", household="H1", data=said)
    four.record("returnees.declared", household="H2", data=said)
    four.later(hours=1).record("returnees.verified", household="H2", data={"outcome": "confirmed"})
    with clock.at(four.now + timedelta(hours=22)):
        assert "returnees.unverified" not in lines(cast.ben, rf)
    with clock.at(four.now + timedelta(hours=24)):
        assert lines(cast.ben, rf)["returnees.unverified"] == [("西坪村", 1)]


def test_problems_overdue_and_problems_reopened(four: Field, cast: Cast, rf: Any):
    for number, due_at in (("P-1", "2022-03-18"), ("P-2", "2022-03-25"), ("P-3", "")):
        four.record("supervision.found", data={"problem": number, "unit": WEST, "title": number, **({"due_at": due_at} if due_at else {})})
    four.later(minutes=5).record("supervision.rectified", data={"problem": "P-2"})
    four.later(minutes=5).record("supervision.looked_back", data={"problem": "P-2", "outcome": "reopened"})

    assert lines(cast.ben, rf)["supervision.overdue"] == [("P-2", 1)]
    with clock.at(FOUR + timedelta(hours=9)):
        assert {name for name, _ in lines(cast.ben, rf)["supervision.overdue"]} == {"P-1", "P-2"}


def test_as_at_an_earlier_time_the_board_shows_what_was_known_then(four: Field, cast: Cast, rf: Any):
    four.now = FOUR - timedelta(hours=1)
    late = four.event("doorknock.visited", household="H4", area=EAST, data={"outcome": "met"})
    four.push(late, received_at=FOUR + timedelta(hours=2), pushed_at=FOUR + timedelta(hours=2))
    with clock.at(FOUR + timedelta(hours=3)):
        board = Board(rf.get("/", {"at": FOUR.isoformat()}), cast.ben, Area.objects.current().get(code=TOWN))
        now = Board(rf.get("/"), cast.ben, Area.objects.current().get(code=TOWN))

    assert board.sweep and now.sweep
    assert (board.sweep.total.left, now.sweep.total.left) == (5, 4)
    assert (board.at.how, now.at.how) == ("asked", "live")


def test_what_stands_behind_the_board_looks_back_too_or_says_that_it_cannot(four: Field, cast: Cast, sign_in: SignIn):
    four.record("supervision.found", data={"problem": "P-1", "unit": WEST, "title": "未测温", "due_at": "2022-03-17"})
    client = sign_in(cast.ben)
    with clock.at(FOUR + timedelta(hours=3)):
        four.later(hours=10).record("supervision.found", data={"problem": "P-2", "unit": WEST, "title": "无人值守", "due_at": "2022-03-17"})
        board = client.get(f"/board/{TOWN}/", {"at": FOUR.isoformat(), "all": "1"}).content.decode()
        behind = {html.unescape(url) for url in re.findall(r'href="(/[^"]+)"', board.split("<main")[1].split("</main>")[0])}
        (problems,) = (url for url in behind if url.startswith(f"/problems/{TOWN}/?state=late"))
        back, present = client.get(problems).content.decode(), client.get(f"/problems/{TOWN}/?state=late").content.decode()
        cannot = client.get(f"/area/{WEST}/", {"at": FOUR.isoformat()}).content.decode()

    lists = {url for url in behind if url.startswith(("/problem", "/venue", "/doorknock"))}
    assert [url for url in lists if not re.search(r"[?&](at|as_of)=", url)] == []
    assert [("未测温" in page, "无人值守" in page) for page in (back, present)] == [(True, False), (True, True)]
    assert ["本页不能回看历史" in page for page in (back, present, cannot)] == [False, False, True]


def test_as_at_and_now_agree_where_everything_has_arrived(four: Field, cast: Cast, rf: Any):
    four.now = FOUR - timedelta(hours=3)
    for household, area, outcome in (("H1", WEST, "met"), ("H2", WEST, "absent"), ("H3", GRID, "refused"), ("H3", GRID, "refused")):
        four.later(minutes=2).record("doorknock.visited", household=household, area=area, data={"outcome": outcome})
    four.record("registry.found", area=EAST, data={"what": "household"})
    (then, now) = (Board(rf.get("/", query), cast.ben, Area.objects.current().get(code=TOWN)) for query in ({"at": FOUR.isoformat()}, {}))

    assert then.sweep and now.sweep
    assert then.sweep.total == now.sweep.total
    assert then.sweep.parts == now.sweep.parts
    assert lines(cast.ben, rf, query=f"at={FOUR.isoformat().replace('+', '%2B')}") == lines(cast.ben, rf)


def test_records_that_are_all_old_are_shown_as_at_the_last_of_them_and_the_page_says_so(four: Field, cast: Cast, sign_in: SignIn):
    four.record("doorknock.visited", household="H1", data={"outcome": "met"})
    with clock.at(FOUR + timedelta(days=30)):
        page, now = (sign_in(cast.ben).get(url).content.decode() for url in (f"/board/{TOWN}/", f"/board/{TOWN}/?at=now"))

    assert "显示截至最后一条记录" in page
    assert "显示截至最后一条记录" not in now


@pytest.mark.parametrize(("query", "status"), [("at=2022-03-18T16:00", 200), ("at=2022-03-18 16:00", 200), ("at=yesterday", 400)])
def test_a_time_that_cannot_be_read_is_refused(four: Field, cast: Cast, sign_in: SignIn, query: str, status: int):
    assert sign_in(cast.ben).get(f"/board/{TOWN}/?{query}").status_code == status


@pytest.mark.parametrize(
    ("who", "area", "status"),
    [("ana", WEST, 200), ("ana", TOWN, 404), ("ben", TOWN, 200), ("chen", COUNTY, 200), ("dov", TOWN, 404), ("dov", OTHER_COUNTY, 200)],
)
def test_who_sees_the_board_of_which_area(four: Field, cast: Cast, sign_in: SignIn, who: str, area: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/board/{area}/").status_code == status


def test_dov_sees_nothing_of_ours_on_his_board(four: Field, cast: Cast, sign_in: SignIn, duty: None):
    four.record("supervision.found", data={"problem": "P-1", "unit": WEST, "title": "未测温"})
    four.push(four.event("doorknock.visited", household="nobody", data={"outcome": "met"}))
    page = sign_in(cast.dov).get("/").content.decode()

    assert [word for word in ("西坪", "东岭", "河口", "未测温", "村干部甲") if word in page] == []


def test_every_line_and_number_leads_to_a_page_that_opens(four: Field, cast: Cast, sign_in: SignIn, duty: None):
    plan({**campaign("patrol", "venues.patrol", {"category": ["shop"]}), "to": FOUR})
    four.now = FOUR - timedelta(hours=5)
    four.record("checkpoints.person_checked", place="CP1", data={"decision": "admitted"})
    four.record("returnees.declared", household="H1", data={"name": "张", "origin": "43", "arrived_at": "2022-03-18"})
    four.record("supervision.found", data={"problem": "P-1", "unit": WEST, "title": "未测温", "due_at": "2022-03-17"})
    four.push(four.event("doorknock.visited", household="nobody", data={"outcome": "met"}))
    client = sign_in(cast.ben)
    main = client.get(f"/board/{TOWN}/?all=1").content.decode().split("<main")[1].split("</main>")[0]
    links = {html.unescape(url) for url in re.findall(r'href="(/[^"]+)"', main) if not url.startswith("/static")}

    assert {url: client.get(url).status_code for url in links if client.get(url).status_code != 200} == {}
    assert len(links) > 20


def test_the_worst_lines_lead_to_all_of_them(four: Field, cast: Cast, sign_in: SignIn):
    def count(url: str) -> tuple[int, bool]:
        page = client.get(url).content.decode()
        return page.count('<li class="board-line '), f'href="/board/{TOWN}/?all=1"' in page

    pack = Pack.objects.current().get(name="cn-covid-2022-v9")
    pack.values["command"] = {**pack.values.get("command", {}), "lines": 1}
    pack.save()
    four.record("supervision.found", data={"problem": "P-1", "unit": WEST, "title": "未测温", "due_at": "2022-03-17"})
    client = sign_in(cast.ben)
    whole, _ = count(f"/board/{TOWN}/?all=1")

    assert [count("/"), count(f"/board/{TOWN}/")] == [(1, True), (1, True)]
    assert count(f"/board/{TOWN}/?all=1") == (whole, False)
    assert whole > 1


def test_the_board_asks_the_same_number_of_questions_however_much_there_is(four: Field, cast: Cast, sign_in: SignIn, duty: None):
    client = sign_in(cast.ben)
    client.get(f"/board/{TOWN}/")
    before = statements(client)
    four.now = FOUR - timedelta(hours=30)
    for number in range(12):
        four.record("supervision.found", data={"problem": f"P-{number}", "unit": WEST, "title": "未测温", "due_at": "2022-03-17"})
        four.record("returnees.declared", household="H1", data={"name": "张", "origin": "43", "arrived_at": "2022-03-17"})
        four.push(four.event("doorknock.visited", household=f"n{number}", data={"outcome": "met"}))
    some = statements(client)
    for number in range(12, 40):
        four.record("supervision.found", data={"problem": f"P-{number}", "unit": EAST, "title": "未测温", "due_at": "2022-03-17"})
        four.record("returnees.declared", household="H4", area=EAST, data={"name": "张", "origin": "43", "arrived_at": "2022-03-17"})

    assert (statements(client), some - before < 12) == (some, True)


def statements(client: Any) -> int:
    """How many statements the board takes."""
    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        assert client.get(f"/board/{TOWN}/?all=1").status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("address", "heading"),
    [("/board/{}/", "河口镇 调度看板"), ("/doorknock/{}/", "河口镇 敲门行动"), ("/area/{}/", "河口镇 一口清")],
)
def test_a_page_of_an_area_says_which_page_it_is(four: Field, cast: Cast, sign_in: SignIn, address: str, heading: str):
    page = sign_in(cast.ben).get(address.format(TOWN)).content.decode()

    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == [heading]
