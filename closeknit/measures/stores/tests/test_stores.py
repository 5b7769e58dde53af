"""Cold stores: whose chiefs hold, who names them, the notice, the page, the board."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.command.kinds import Look
from closeknit.measures.stores.watch import doubt, notice, unchecked
from closeknit.policy.packs import policy
from closeknit.registry.models import Place
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[..., Any]
FIGURES = ("stores", "three_chiefs", "stores_in_doubt", "stores_unchecked", "stores_without_notice")
NOON = START + timedelta(hours=4)


@pytest.fixture
def stores(field_records: Field) -> Field:
    """Three stores: one in order, one with a chief too few, one with a chief who is no member; the first was checked."""
    later = {"category": "cold_store", "learned_at": START - timedelta(days=1)}
    Place.objects.create(code="CS2", name="二号冷库", area=WEST, chiefs=[["territory", "W1"], ["industry", "W2"]], **later)
    strange = [["territory", "W1"], ["industry", "W2"], ["enterprise", "老板"]]
    Place.objects.create(code="CS3", name="三号冷库", area=EAST, chiefs=strange, **later)
    field_records.record("coldchain.store_checked", place="CS1", data={"notice_posted": True})
    return field_records


def the_figures(area: str, **later: float) -> tuple[Any, ...]:
    reckoned = figures(Question(area, START, START + timedelta(**later)), "coldchain.")
    return tuple(reckoned[f"coldchain.{name}"] for name in FIGURES)


def test_cld_01_the_figures_say_which_stores_are_not_valid_checked_or_posted(stores: Field):
    assert the_figures(TOWN, hours=4) == (3, 2, 2, 2, 2)
    assert the_figures(WEST, hours=4) == (2, 1, 1, 1, 1)
    assert the_figures(WEST, days=9) == (2, 1, 1, 2, 1)


def test_cld_01_a_store_whose_chiefs_do_not_hold_says_why_on_list_board_and_page(stores: Field, cast: Cast, sign_in: SignIn):
    stores.later(hours=1).record("coldchain.store_checked", place="CS2", data={"notice_posted": False, "problems": ["台账缺页"]})
    client = sign_in(cast.ben)
    with clock.at(NOON):
        rows = client.get(f"/cold-stores/{TOWN}/?state=doubt&as=csv").content.decode("utf-8-sig").splitlines()[1:]
        page = client.get("/cold-store/CS2/").content.decode()
        look = Look(cast.ben, Area.objects.current().get(code=TOWN), NOON, None, policy(TOWN))
        seen = [[(str(case.name), str(case.note)) for case in rule(look).cases] for rule in (doubt, unchecked, notice)]

    assert [row.split(",")[:3] for row in rows] == [
        ["三号冷库", "库长不合规", "企业库长：“老板”不在人员名单中"],
        ["二号冷库", "库长不合规", "企业库长：未指定"],
    ]
    assert ("企业库长：未指定" in page, "台账缺页" in page) == (True, True)
    assert seen == [
        [("二号冷库", "企业库长：未指定"), ("三号冷库", "企业库长：“老板”不在人员名单中")],
        [("三号冷库", "")],
        [("二号冷库", "")],
    ]


def named(client: Any, **chiefs: str) -> Any:
    held = {"territory": "村干部甲", "industry": "村干部乙", "enterprise": "", "reason": "补齐"}
    with clock.at(NOON):
        return client.post("/cold-store-chiefs/CS2/", {**held, **chiefs})


def test_cld_01_a_clerk_names_the_chiefs_and_the_register_keeps_who_they_were(stores: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)

    answer = named(client, enterprise="镇干部")
    with clock.at(NOON + timedelta(minutes=1)):
        page = client.get("/cold-store/CS2/").content.decode()

    assert (answer.status_code, answer.url) == (302, "/cold-store/CS2/")
    assert Place.objects.current().get(code="CS2").chiefs == [["territory", "W1"], ["industry", "W2"], ["enterprise", "W3"]]
    assert Place.objects.filter(code="CS2").count() == 2
    assert ("三级库长齐备" in page, "镇干部 指定：企业库长 镇干部（补齐）" in page) == (True, True)
    assert the_figures(WEST, hours=5)[1:3] == (2, 0)
    assert figures(Question(WEST, START, NOON, START), "coldchain.")["coldchain.stores_in_doubt"] == 1  # as it was known then


@pytest.mark.parametrize(
    ("chiefs", "why"),
    [
        ({"enterprise": "老板"}, "“老板”不在本地或上级的人员名单中"),
        ({"enterprise": "W1"}, "此人已担任另一级库长"),
        ({}, "未作任何改动"),
        ({"enterprise": "W3", "reason": ""}, "请填写“原因”"),
    ],
)
def test_cld_01_who_cannot_be_a_chief_is_refused_in_words(stores: Field, cast: Cast, sign_in: SignIn, chiefs: dict[str, str], why: str):
    answer = named(sign_in(cast.ben), **chiefs)

    assert (answer.status_code, why in answer.content.decode()) == (422, True)
    assert Place.objects.filter(code="CS2").count() == 1
    assert not Event.objects.filter(kind="registry.amended").exists()


def test_cld_01_the_notice_to_print_names_the_chiefs_and_what_each_answers_for(stores: Field, cast: Cast, sign_in: SignIn):
    whole, lacking = (sign_in(cast.ben).get(f"/cold-store-notice/{code}/").content.decode() for code in ("CS1", "CS2"))

    assert all(words in whole for words in ("村干部甲", "村干部乙", "镇干部", "属地库长", "落实行业监管责任", "监督举报电话"))
    assert ("库长尚不合规" in whole, "库长尚不合规" in lacking, "未指定" in lacking) == (False, True, True)


def test_cld_03_the_stores_page_and_list_tell_whose_tests_and_swabs_are_overdue(stores: Field, cast: Cast, sign_in: SignIn):
    group = {"group": "KP-1", "label": "装卸工", "category": "imported_cold_chain"}
    stores.record("routine.group_set", place="CS1", data=group)
    for person in ("P1", "P3"):
        stores.record("routine.member_added", person=person, data={"group": "KP-1"})
    stores.record("testing.sampled", person="P1", data={"tube": "T-1", "pool": 1})
    stores.record("testing.environment_sampled", place="CS1", data={"tube": "E-1", "object": "冷柜"})
    client = sign_in(cast.ben)

    with clock.at(START + timedelta(days=2)):
        rows = client.get(f"/cold-stores/{WEST}/?as=csv&q=一号").content.decode("utf-8-sig").splitlines()[1:]
        page = client.get("/cold-store/CS1/").content.decode()

    assert [row.split(",")[9:11] for row in rows] == [["1", "按期"]]
    assert ("2 人中逾期 1 人，今日前应检 1 人" in page, "装卸工" in page) == (True, True)


def test_naming_chiefs_can_be_undone_at_once_and_not_by_others_or_later(stores: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    held = Place.objects.current().get(code="CS2").chiefs
    named(client, enterprise="镇干部")
    said = Event.objects.get(kind="registry.amended")
    address = f"/cold-store-chiefs-undo/{said.id}/CS2/"
    with clock.at(NOON + timedelta(minutes=2)):
        client.post(address)
    late = Place.objects.current().get(code="CS2").chiefs
    with clock.at(NOON + timedelta(seconds=5)):
        other = sign_in(account("eva", "town_clerk", TOWN)).post(address).status_code
        client = sign_in(cast.ben)
        codes = [client.post(address).status_code for _ in range(2)]

    assert (len(late), other, codes) == (3, 404, [302, 302])
    assert sorted(Place.objects.current().get(code="CS2").chiefs) == sorted(held)
