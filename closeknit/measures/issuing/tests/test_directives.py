"""A directive from the sender to every village: refused where it must be, read, told by telephone, acted on, renewed, passed on."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils.translation import override

from closeknit.access.models import Account
from closeknit.console.records.saving import Entry, save
from closeknit.kit import clock
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.register import not_below
from closeknit.measures.directives.kinds import directive_of
from closeknit.reports.figures import Question, figures
from tests.town import COUNTY, EAST, OTHER_VILLAGE, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[[Account], Any]
NOON = START + timedelta(hours=4)
READ_BY, ACT_BY = START + timedelta(hours=6), START + timedelta(hours=10)
PAGE = f"/directives/{TOWN}/one/Z-001/"


def issue(field: Field, *, area: str = TOWN, **more: Any) -> None:
    """A directive of the town to both villages, as the ledger takes it."""
    said = {"directive": "Z-001", "version": 1, "title": "逐户走访", "text": "三日内完成", "to": [WEST, EAST],
            "read_by": READ_BY.isoformat(), "act_by": ACT_BY.isoformat(), "source": "州视频会议"}  # fmt: skip
    field.record("directives.issued", area=area, data=said | more)


@pytest.fixture
def noon(field_records: Field) -> Iterator[Field]:
    with clock.at(NOON):
        yield field_records


def told(field: Field, area: str, what: str = "read", version: int = 1, **more: Any) -> None:
    field.record("directives.received", area=area, data={"directive": "Z-001", "version": version, "what": what, **more})


def states(client: Any, area: str = TOWN) -> list[list[str]]:
    """The rows of the tree of receipts: area and state."""
    text = client.get(f"/directives/{area}/one/Z-001/?as=csv").content.decode("utf-8-sig")
    return [line.split(",")[:3] for line in text.splitlines()[1:]]


def form(**more: Any) -> dict[str, Any]:
    """What the form of a new directive is answered with."""
    times = {"read_by": "2022-03-18T14:00", "act_by": "2022-03-18T18:00"}
    return {"event": str(uuid4()), "title": "即日起逐户走访", "text": "三日内完成", "source": "州视频会议 3月18日", **times, **more}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [([WEST], []), ([WEST, TOWN], [TOWN]), ([COUNTY], [COUNTY]), (["none"], ["none"]), ([OTHER_VILLAGE], [OTHER_VILLAGE])],
)
def test_only_what_lies_below_the_sender_is_below_it(codes: list[str], expected: list[str]):
    paths = {COUNTY: f"/99/{COUNTY}/", TOWN: f"/99/{COUNTY}/{TOWN}/", WEST: f"/99/{COUNTY}/{TOWN}/{WEST}/",
             OTHER_VILLAGE: f"/99/990102/{OTHER_VILLAGE}/"}  # fmt: skip

    assert not_below(codes, TOWN, paths) == expected


def test_dir_02_a_directive_reaches_every_village_and_each_receipt_says_who_how_and_when(noon: Field, cast: Cast, sign_in: SignIn):
    ben = sign_in(cast.ben)
    answer = ben.post(f"/directives/{TOWN}/new/", form(level="village"))
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert Event.objects.get(kind="directives.issued").data["to"] == [WEST, EAST]

    with clock.at(NOON + timedelta(minutes=1)):
        home = sign_in(cast.ana).get("/").content.decode()
        assert "即日起逐户走访" in home.split('id="owed-directives"')[1]
        ana = sign_in(cast.ana)
        ana.post(f"/directives/{WEST}/one/Z-001/say/?what=read")
        ben = sign_in(cast.ben)
        by_phone = {"event": str(uuid4()), "to": [EAST], "channel": "telephone", "told_by": "W3", "whom": "W2", "when": "2022-03-18T12:00"}
        assert ben.post(f"{PAGE}told/", by_phone).status_code == 302
        sign_in(cast.ana).post(f"/directives/{WEST}/one/Z-001/say/?what=acted", {"event": str(uuid4()), "words": "已走访 120 户"})

    with clock.at(NOON + timedelta(minutes=2)):
        rows = states(sign_in(cast.ben))
        assert [row[:2] for row in rows] == [["西坪村", "已落实"], ["东岭村", "已阅，待落实"]]
        assert rows[0][2].endswith("03-18 12:01 村干部甲 已落实 已走访 120 户")
        assert rows[1][2] == "03-18 12:00 镇干部 → 村干部乙 电话 已传达"
    with clock.at(NOON + timedelta(minutes=2)):
        assert "即日起逐户走访" not in sign_in(cast.ana).get("/").content.decode()


def test_dir_02_a_directive_to_an_area_that_is_not_below_the_sender_is_refused_by_name(noon: Field, cast: Cast, sign_in: SignIn):
    said = {"directive": "Z-001", "version": 1, "title": "逐户走访", "text": "三日内完成", "read_by": READ_BY.isoformat()}
    for to, named in (([WEST, OTHER_VILLAGE], "邻村"), ([TOWN], "河口镇"), (["1"], "1")):
        with pytest.raises(Invalid) as refused, override("zh-hans"):
            save(cast.ben, Entry(uuid4(), "directives.issued", TOWN, {**said, "to": to}))
        assert (refused.value.field, f"以下单位不属于河口镇下级：{named}。" in str(refused.value.text)) == ("data.to", True)

    assert sign_in(cast.ben).post(f"/directives/{TOWN}/new/", form(to=[OTHER_VILLAGE])).status_code == 422
    assert not Event.objects.filter(kind="directives.issued").exists()


def test_dir_02_what_a_village_cannot_say_is_refused_with_a_reason(noon: Field, cast: Cast, sign_in: SignIn):
    issue(noon)
    received = "/record/directives.received/"
    said = {"directive": "Z-001", "version": "1", "channel": "telephone", "ref_area": EAST}

    ben = sign_in(cast.ben)
    read_for_them = ben.post(received, {**said, "event": str(uuid4()), "what": "read"}).content.decode()
    of_an_old_version = ben.post(received, {**said, "event": str(uuid4()), "what": "told", "version": "3"}).content.decode()
    not_addressed = ben.post(received, {**said, "event": str(uuid4()), "what": "told", "ref_area": TOWN}).content.decode()
    assert "请登记为“已传达”" in read_for_them
    assert "现行为第 1 版" in of_an_old_version
    assert "该指令未发给河口镇" in not_addressed
    page = sign_in(cast.ana).post(f"/directives/{WEST}/one/Z-001/say/?what=cannot", {"event": str(uuid4())})
    assert page.status_code == 422
    assert sign_in(cast.ana).post(f"/directives/{WEST}/new/", form(level="grid")).status_code == 403
    assert not Event.objects.filter(kind="directives.received").exists()


def test_dir_03_a_new_version_is_read_anew_and_the_source_stays(noon: Field, cast: Cast, sign_in: SignIn):
    issue(noon)
    told(noon.later(minutes=5), WEST, "acted")
    client = sign_in(cast.ben)
    typed = form(to=[WEST], title="逐户走访（修订）", changes="期限提前")
    del typed["source"]
    without_words = client.post(f"/directives/{TOWN}/new/?of=Z-001", {**typed, "changes": ""})
    page = client.get(f"/directives/{TOWN}/new/?of=Z-001").content.decode()
    assert (without_words.status_code, "州视频会议" in page) == (422, True)
    with clock.at(NOON + timedelta(minutes=1)):
        assert client.post(f"/directives/{TOWN}/new/?of=Z-001", {**typed, "source": "州视频会议"}).status_code == 302
        assert [row[:2] for row in states(client)] == [["西坪村", "未阅"]]
        assert "历史版本" in client.get(PAGE).content.decode()
    one = directive_of("Z-001")
    assert one and (one.version, [event.data["version"] for event in one.versions], one.event.data["source"]) == (2, [1], "州视频会议")


def test_dir_03_what_is_passed_on_hangs_below_and_knows_which_version_it_passed_on(noon: Field, cast: Cast, sign_in: SignIn):
    issue(noon, area=COUNTY, to=[TOWN])
    told(noon, TOWN)
    ben = sign_in(cast.ben)
    assert ben.post(f"/directives/{TOWN}/new/?on=Z-001", form(level="village")).status_code == 302
    passed = Event.objects.get(kind="directives.issued", topic="Z-002").data
    assert (passed["passes_on"], passed["passes_version"]) == ("Z-001", 1)
    noon.now = NOON
    noon.record("directives.received", area=WEST, data={"directive": "Z-002", "version": 1, "what": "acted"})
    eve = account("eve", "county_supervisor", COUNTY)
    with clock.at(NOON + timedelta(minutes=5)):
        rows = states(sign_in(eve), COUNTY)
        issue(noon.later(minutes=1), area=COUNTY, to=[TOWN], version=2, changes="新增要求")
        renewed = sign_in(cast.ben).get(f"/directives/{TOWN}/one/Z-002/").content.decode()

    assert [row[:2] for row in rows] == [["河口镇", "已阅，待落实"], ["　西坪村", "已落实"], ["　东岭村", "未阅"]]
    assert "现行为第 2 版" in renewed


def test_the_board_says_who_owes_and_the_figures_count_them(noon: Field, cast: Cast, sign_in: SignIn):
    issue(noon)
    told(noon.later(hours=1), WEST, "told", channel="telephone")
    late = ACT_BY + timedelta(minutes=1)
    with clock.at(late):
        board = sign_in(cast.ben).get(f"/board/{TOWN}/").content.decode()
    told(noon.later(hours=1), EAST, "acted")
    told(noon.later(minutes=1), EAST, "cannot", words="人手不足")

    def counted(area: str, end: Any) -> dict[str, Any]:
        values = figures(Question(area, START, end), "directives.")
        names = ("issued", "due", "read", "unread_late", "to_act", "acted", "act_late")
        return {name: values[f"directives.{name}"] for name in names}

    assert "1 个单位逾期未阅指令" in board and "1 个单位逾期未落实指令" in board
    assert re.search(r"联系 村干部[甲乙]", board.split("逾期未阅指令")[1])
    whole = {"issued": 1, "due": 2, "read": 2, "unread_late": 0, "to_act": 2, "acted": 0, "act_late": 2}
    assert counted(TOWN, late) == whole
    assert counted(EAST, noon.now) == {"issued": 0, "due": 1, "read": 1, "unread_late": 0, "to_act": 1, "acted": 1, "act_late": 0}


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("ana", f"/directives/{WEST}/", 200), ("ana", f"/directives/{TOWN}/", 404), ("ana", f"/directives/{WEST}/one/Z-001/", 200),
        ("ana", f"/directives/{WEST}/one/Z-001/told/", 403), ("dov", PAGE, 404), ("dov", f"/directives/{OTHER_VILLAGE}/one/Z-001/", 404),
        ("ben", f"/directives/{TOWN}/one/none/", 404), ("ben", f"{PAGE}end/", 200),
    ],
)  # fmt: skip
def test_who_sees_which_directive(noon: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    issue(noon)

    assert sign_in(getattr(cast, who)).get(path).status_code == status


def test_an_ended_directive_is_owed_by_nobody(noon: Field, cast: Cast, sign_in: SignIn):
    issue(noon)
    client = sign_in(cast.ben)
    assert client.post(f"{PAGE}end/", {"event": str(uuid4()), "reason": ""}).status_code == 422
    assert client.post(f"{PAGE}end/", {"event": str(uuid4()), "reason": "专项行动结束"}).status_code == 302

    with clock.at(NOON + timedelta(minutes=1)):
        listed = client.get(f"/directives/{TOWN}/?as=csv&state=ended").content.decode("utf-8-sig")
    assert "逐户走访,已终止" in listed
    assert figures(Question(TOWN, START, NOON + timedelta(hours=1)), "directives.")["directives.due"] == 0
