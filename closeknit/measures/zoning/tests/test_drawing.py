"""Drawing a zone on the screen, what the console refuses, the announcement in both languages, and what a household is handed."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.zones.tests.places import ZONE, order
from tests.town import EAST, GRID, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOON = START + timedelta(hours=6)
SAID = {
    "name": "河街片区", "measure": "silent", "basis": "《传染病防治法》第四十二条", "authority": "镇指挥部", "from_at": "2022-03-18T14:00",
    "until_at": "2022-03-20T14:00", "lifts": ["no_new_case", "negative_round"], "exceptions": ["medicine"], "do": "order",
}  # fmt: skip


def text_of(response: Any) -> str:
    """What a page says."""
    return html.unescape(response.content.decode())


def test_iso_01_areas_buildings_and_households_are_chosen_at_once(field_records: Field, cast: Cast, sign_in: SignIn):
    with clock.at(NOON):
        ben = sign_in(cast.ben)
        found = text_of(ben.post(f"/zones/{TOWN}/new/", {"do": "find", "words": "1组", "areas": [EAST], "name": "河街"}))
        counted = text_of(ben.post(f"/zones/{TOWN}/new/", {"do": "count", "areas": [GRID], "buildings": [f"{WEST}|1组"]}))
        drawn = ben.post(f"/zones/{TOWN}/new/", {**SAID, "areas": [GRID, EAST], "buildings": [f"{WEST}|1组"], "without": ["H5"]})

    held = Event.objects.get(kind="zones.ordered")
    assert f'name="buildings" value="{WEST}|1组"' in found
    assert re.search(rf'value="{EAST}" checked', found) and 'value="河街"' in found, "what was ticked and typed is not lost"
    assert "已选范围：3 户、4 人。" in counted
    assert drawn.status_code == 302
    assert {name: held.data[name] for name in ("areas", "households", "without", "exceptions", "from_at", "until_at")} == {
        "areas": [GRID, EAST], "households": ["H1", "H2"], "without": ["H5"], "exceptions": ["emergency_care", "medicine"],
        "from_at": "2022-03-18T14:00:00+08:00", "until_at": "2022-03-20T14:00:00+08:00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"until_at": ""}, "截止时间"),
        ({"basis": ""}, "法律依据"), ({"until_at": "2022-03-28T14:00"}, "单次决定最长 3 天"),
        ({"from_at": "2022-03-19T15:00", "until_at": "2022-03-19T14:00"}, "截止早于开始"),
        ({"areas": []}, "请选择所含的地区、楼栋或户"), ({"lifts": []}, "解除条件"),
        ({"areas": ["990102101201"]}, "不在您的辖区或不存在"),
        ({"from_at": "2022-03-17T10:00", "until_at": "2022-03-18T10:00"}, "截止时间已过"),
    ],
)  # fmt: skip
def test_what_a_zone_must_not_lack_is_said_in_words(town: None, cast: Cast, sign_in: SignIn, changed: dict[str, Any], words: str):
    with clock.at(NOON):
        answer = sign_in(cast.ben).post(f"/zones/{TOWN}/new/", {**SAID, "areas": [GRID], **changed})

    assert (answer.status_code, words in text_of(answer)) == (422, True)
    assert not Event.objects.filter(kind="zones.ordered").exists()


def test_an_extension_needs_a_reason_and_follows_the_end(field_records: Field, cast: Cast, sign_in: SignIn):
    order(field_records, hours=24)
    with clock.at(NOON):
        ben = sign_in(cast.ben)
        page = text_of(ben.get(f"/zone/{ZONE}/order/"))
        longer = {**SAID, "from_at": "2022-03-19T08:00", "until_at": "2022-03-20T08:00", "areas": [GRID]}
        bare = ben.post(f"/zone/{ZONE}/order/", longer)
        reasoned = ben.post(f"/zone/{ZONE}/order/", {**longer, "why": "仍有新增"})
        announced = text_of(ben.get(f"/zone/{ZONE}/announcement/"))

    assert 'value="2022-03-19T08:00"' in page, "it begins where the order ends"
    assert [bare.status_code, reasoned.status_code] == [422, 302]
    assert [each.data["zone"] for each in Event.objects.filter(kind="zones.ordered")] == [ZONE, ZONE]
    assert "2022-03-19 08:00 止" in announced, "what holds now stands there until the extension begins"


def test_iso_01_the_announcement_is_there_in_both_languages_and_says_when_it_is_over(field_records: Field, cast: Cast, sign_in: SignIn):
    order(field_records, hours=24)
    with clock.at(NOON):
        now = text_of(sign_in(cast.ana).get(f"/zone/{ZONE}/announcement/"))
    with clock.at(START + timedelta(hours=24)):
        over = text_of(sign_in(cast.ana).get(f"/zone/{ZONE}/announcement/"))

    for word in ("关于河街片区实施", "至 2022-03-19 08:00 止", "It ends by itself", "急难就医", "Doors are not sealed",
                 "urgent medical care", "连续 7 天无新增病例；", "no new case for 7 days"):  # fmt: skip
        assert word in now, word
    for word in ("关于河街片区解除管控的通告", "自 2022-03-19 08:00 起，河街片区居民恢复正常出行", "河街片区 has ended"):
        assert word in over, word


def test_a_household_is_handed_the_lines_of_every_order_to_stay(field_records: Field, cast: Cast, sign_in: SignIn):
    order(field_records)
    with clock.at(NOON):
        ana = sign_in(cast.ana)
        inside, outside = ana.get(f"/zone/{ZONE}/household/H1/"), ana.get(f"/zone/{ZONE}/household/H2/")

    lines = re.findall(r"<li>(.*?)</li>", text_of(inside).split("card-box narrow")[1].split("</ol>")[0])
    assert lines[:2] == [
        "截止：2022-03-20 08:00。到期自行结束，未有新通知不得延长。",
        "依据：《传染病防治法》第四十二条，居家不外出，上门服务。文书编号 1号，2022-03-18 09:00 作出。",
    ]  # fmt: skip
    assert (len(lines), outside.status_code, lines[-1].startswith("门不上锁")) == (7, 404, True)


def test_what_was_announced_is_told(field_records: Field, cast: Cast, sign_in: SignIn):
    order(field_records)
    with clock.at(NOON):
        client = sign_in(cast.ana)
        before = "尚未登记已发布通告" in text_of(client.get(f"/zone/{ZONE}/announcement/"))
        client.post(f"/zone/{ZONE}/say/announced/", {"way": "posted", "where": "各单元门口"})
        after = "尚未登记已发布通告" in text_of(client.get(f"/zone/{ZONE}/announcement/"))

    assert (before, after) == (True, False)
