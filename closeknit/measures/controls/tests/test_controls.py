"""Controls: suspended activities with the day they go on again, traffic for everybody to read, squares that are guarded."""

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.zones.tests.places import order as zone_order
from closeknit.registry.models import Place
from closeknit.reports.figures import Question, figures
from tests.town import COUNTY, EAST, OTHER_COUNTY, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOON = START + timedelta(hours=6)
SAID = {
    "what": "suspension:worship", "where": "全镇宗教和民间信仰场所", "basis": "《传染病防治法》第四十二条", "authority": "镇指挥部",
    "from_at": "2022-03-18T14:00", "until_at": "2022-04-01T00:00", "rules": "网上活动",
}  # fmt: skip


def control(field: Field, number: str = "K1", *, hours: float = 48, area: str = TOWN, **data: Any) -> Event:
    """A control from the start of the tests' day."""
    times = {"from_at": START.isoformat(), "until_at": (START + timedelta(hours=hours)).isoformat()}
    said = {
        "control": number,
        "sort": "suspension",
        "what": "gathering",
        "where": "全镇",
        "basis": "第四十二条",
        "authority": "镇指挥部",
        **times,
    }
    return field.record("controls.ordered", area=area, member="W3", data={**said, **data})


def square(code: str, area: str) -> None:
    """A square in an area."""
    Place.objects.create(code=code, category="square", name=f"{code}广场", area=area, learned_at=START - timedelta(days=1))


def told(area: str, hours: float, *names: str) -> dict[str, Any]:
    """These figures at so many hours after the start."""
    end = START + timedelta(hours=hours)
    found = figures(Question(area, end - timedelta(days=1), end), "controls.")
    return {name: found[f"controls.{name}"] for name in names}


def text_of(response: Any) -> str:
    """What a page says."""
    return html.unescape(response.content.decode())


def test_enf_07_worship_is_suspended_by_order_and_goes_on_again_by_itself(field_records: Field, cast: Cast, sign_in: SignIn):
    with clock.at(NOON):
        ben = sign_in(cast.ben)
        answer = ben.post(f"/controls/{TOWN}/new/", SAID)
        number = Event.objects.get(kind="controls.ordered").data["control"]
        page = text_of(sign_in(cast.ana).get(f"/control/{number}/"))
        hidden = sign_in(cast.dov).get(f"/control/{number}/").status_code

    assert (answer.status_code, hidden) == (302, 404)
    assert ("宗教活动" in page, "2022-04-01 00:00" in page, "网上活动" in page) == (True, True, True)
    at = (NOON - START).total_seconds() / 3600 + 1
    assert told(WEST, at, "suspensions", "traffic", "crowded") == {"suspensions": 1, "traffic": 0, "crowded": 0}
    assert told(OTHER_COUNTY, at, "suspensions") == {"suspensions": 0}
    assert told(TOWN, 14 * 24 - 8, "suspensions") == {"suspensions": 0}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"until_at": ""}, "恢复时间"), ({"basis": ""}, "法律依据"), ({"until_at": "2022-06-01T00:00"}, "单次决定最长 30 天"),
        ({"from_at": "2022-03-01T00:00", "until_at": "2022-03-02T00:00"}, "恢复时间已过"),
    ],
)  # fmt: skip
def test_a_control_without_an_end_or_a_law_is_refused_in_words(
    town: None, cast: Cast, sign_in: SignIn, changed: dict[str, Any], words: str
):
    with clock.at(NOON):
        answer = sign_in(cast.ben).post(f"/controls/{TOWN}/new/", {**SAID, **changed})

    assert (answer.status_code, words in text_of(answer), Event.objects.filter(kind="controls.ordered").count()) == (422, True, 0)


def test_chk_04_traffic_controls_and_closures_are_public_with_area_and_time_and_nobody_in_them(field_records: Field, client: Any):
    control(field_records, "K2", sort="traffic", what="road_closed", where="河街大桥", rules=["绕行东岭路"], area=WEST)
    control(field_records, "K3", hours=2, sort="traffic", what="line_stopped", where="渡口航线")
    zone_order(field_records)
    zone_order(field_records, zone="Z2", name="单家独户", areas=[], households=["H2"])

    with clock.at(NOON):
        text = text_of(client.get("/now/"))

    for word in ("道路封闭", "河街大桥", "西坪村", "2022-03-18 08:00 至 2022-03-20 08:00", "绕行东岭路", "河街片区", "门不上锁"):
        assert word in text, word
    assert [word for word in ("渡口航线", "单家独户", "H1", "卢兰利", "W3") if word in text] == []


def test_enf_07_squares_are_guarded_by_posts_and_patrols_while_gatherings_are_suspended(field_records: Field, cast: Cast, sign_in: SignIn):
    square("SQ1", WEST)
    square("SQ2", EAST)
    assert told(TOWN, 2, "unguarded") == {"unguarded": 0}, "nothing is suspended"
    control(field_records, area=WEST)
    assert (told(TOWN, 2, "unguarded"), told(EAST, 2, "unguarded")) == ({"unguarded": 1}, {"unguarded": 0})

    field_records.record("controls.guarded", place="SQ1", data={"way": "roving", "people": 3, "dispersed": 2})
    with clock.at(START + timedelta(hours=2)):
        squares = sign_in(cast.ben).get(f"/controls/{TOWN}/squares/?as=csv").content.decode("utf-8-sig").splitlines()[1:]

    assert told(TOWN, 2, "unguarded", "fixed", "roving", "dispersed") == {"unguarded": 0, "fixed": 0, "roving": 1, "dispersed": 2}
    assert told(TOWN, 5, "unguarded") == {"unguarded": 1}
    assert [line.split(",")[:2] for line in squares] == [["SQ1广场", "有人值守"], ["SQ2广场", "暂无须值守"]]


def test_enf_07_crowded_places_get_stricter_rules_and_a_control_is_lifted(field_records: Field, cast: Cast, sign_in: SignIn):
    control(field_records, sort="crowded", what="cinema", rules=["上座率不超过一半"])
    with clock.at(NOON):
        ben = sign_in(cast.ben)
        answers = [ben.post("/control/K1/lift/", {"reason": "平稳"}).status_code for _ in range(2)]
        longer = {**SAID, "what": "crowded:cinema", "until_at": "2022-03-25T00:00"}
        bare, reasoned = ben.post("/control/K1/order/", longer), ben.post("/control/K1/order/", {**longer, "why": "反弹"})

    assert (told(TOWN, 5, "crowded"), answers) == ({"crowded": 1}, [302, 422])
    assert [bare.status_code, reasoned.status_code] == [422, 302]
    assert told(COUNTY, 8, "crowded") == {"crowded": 1}
