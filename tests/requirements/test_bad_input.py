"""Bad input of places and command, by the console's form and by a push from outside: a clear reason, and nothing is lost."""

import html
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils.translation import override

from closeknit.kit import clock
from closeknit.ledger.fields import Invalid
from closeknit.ledger.judge import judge
from closeknit.ledger.models import Event, Refusal
from closeknit.ledger.record import told
from closeknit.ledger.wire import Push
from closeknit.measures.inspections.kinds import act_code
from closeknit.registry.models import Member, Place
from tests.town import EAST, OTHER_VILLAGE, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[..., Any]
NOON = START + timedelta(hours=4)
FLAGGED = f"/acts/{TOWN}/?state=flagged"
ZONE = {
    "zone": "Z1", "name": "河街", "measure": "silent", "basis": "《传染病防治法》第四十二条", "authority": "镇指挥部",
    "lifts": ["no_new_case"],
    "from_at": "2022-03-18T14:00:00+08:00", "until_at": "2022-03-20T14:00:00+08:00", "areas": [WEST],
}  # fmt: skip
TASK = {"task": "R-001", "matter": "夜间增派 2 人", "where": "渡口卡点", "owner": "W1", "due_at": "2022-03-19"}
PAPER = {
    "act": act_code("r1", "S1", "close"), "action": "close", "office": "market_supervision", "legal_basis": "《食品安全法》第一百一十条",
    "officers": ["甲 0001", "乙 0002"], "number": "1号", "until": "2022-03-28",
}  # fmt: skip
DIRECTIVE = {"directive": "Z-001", "version": 1, "title": "逐户走访", "text": "三日内完成", "to": [WEST], "read_by": "2022-03-19"}
NO_END, NO_BASIS = ("到期自行解除", "without an end"), ("管控必须有法律依据", "legal basis")
MATTER, WHERE, WHO = ("任务要具体到事", "What exactly"), ("任务要细化到点", "At which place"), ("任务要落实到人", "Who answers for it")


@pytest.mark.parametrize(
    ("kind", "whole", "change", "field", "says"),
    [
        ("zones.ordered", ZONE, {"until_at": None}, "until_at", NO_END),
        ("zones.ordered", ZONE, {"basis": None}, "basis", NO_BASIS),
        ("zones.ordered", ZONE, {"basis": " \u3000"}, "basis", NO_BASIS),
        ("zones.ordered", ZONE, {"until_at": "2022-03-18T05:59:00+00:00"}, "until_at", ("截止早于开始", "before the beginning")),
        ("zones.ordered", ZONE, {"until_at": "2022-03-20"}, "until_at", ("具体时刻", "the hour")),
        ("tasks.set", TASK, {"matter": None}, "matter", MATTER),
        ("tasks.set", TASK, {"where": " "}, "where", WHERE),
        ("tasks.set", TASK, {"owner": None}, "owner", WHO),
        ("inspections.written", PAPER, {"action": "penalise", "legal_basis": None}, "legal_basis",
         ("写明法律名称和条款", "law and its article")),
        ("inspections.written", PAPER, {"action": "penalise", "legal_basis": " "}, "legal_basis", ("文书无效", "binds nobody")),
        ("inspections.written", PAPER, {"until": None}, "until", ("期限或解除条件", "without an end")),
        ("directives.issued", DIRECTIVE, {"to": []}, "to", ("下级单位代码", "below the sender")),
        ("directives.issued", DIRECTIVE, {"to": [WEST, WEST]}, "to", ("重复", "twice")),
    ],
)  # fmt: skip
def test_a_push_that_lacks_what_must_not_be_missing_is_refused_by_its_field_in_both_languages(
    kind: str, whole: dict[str, Any], change: dict[str, Any], field: str, says: tuple[str, str]
):
    push = Push(device="D1", member="W1", events=(), pushed_at=None, received_at=NOON)
    event = {"id": str(uuid4()), "kind": kind, "at": NOON.isoformat(), "seq": 1, "area": TOWN, "place": "S1"}
    judge({**event, "data": whole}, push)

    with pytest.raises(Invalid) as refused:
        judge({**event, "data": whole | change}, push)

    text = refused.value.text
    assert refused.value.field == f"data.{field}"
    assert [words in text.of(language) for words, language in zip(says, ("zh-hans", "en"), strict=True)] == [True, True], text.of("en")


@pytest.fixture
def noon(field_records: Field) -> Iterator[Field]:
    """The town at noon, with a shop that was inspected, a closed problem and a directive of the town to one village."""
    field_records.record("inspections.inspected", place="S1", data={"run": "r1", "actions": ["close", "penalise"], "findings": ["无证"]})
    field_records.record("supervision.found", data={"problem": "P-1", "unit": WEST, "title": "无人值守"})
    field_records.record("supervision.looked_back", data={"problem": "P-1", "outcome": "closed"})
    field_records.later(hours=1).record("directives.issued", area=TOWN, data=DIRECTIVE)
    field_records.later(hours=1)
    with clock.at(NOON):
        yield field_records


def shown(client: Any, address: str, language: str = "zh-hans") -> str:
    """What a page says in a language."""
    client.cookies["django_language"] = language
    return html.unescape(client.get(address).content.decode())


@pytest.mark.parametrize("to", [[OTHER_VILLAGE], [TOWN], ["nowhere"], [WEST, OTHER_VILLAGE]])
def test_dir_02_a_pushed_directive_to_an_area_that_is_not_below_its_sender_is_refused_kept_and_listed(
    noon: Field, cast: Cast, sign_in: SignIn, to: list[str]
):
    data = {**DIRECTIVE, "directive": "Z-002", "to": to}
    (answer,) = noon.push(noon.event("directives.issued", area=TOWN, data=data))
    held = Refusal.objects.get(event_id=answer.id)

    assert (answer.status, answer.field, answer.reason) == ("rejected", "data.to", "outside")
    assert [to[-1] in answer.text.of(language) for language in ("zh-hans", "en")] == [True, True]
    assert (told(held)["data"], Event.objects.filter(topic="Z-002").count()) == (data, 0)
    ben = sign_in(cast.ben)
    assert "接收单位不属于发出单位的下级" in shown(ben, f"/arrivals/{TOWN}/")
    assert "do not lie below the sender" in shown(ben, f"/arrivals/{TOWN}/", "en")


SEAL = {**PAPER, "act": act_code("r1", "S1", "close")}
OURS = "所属"


@pytest.mark.parametrize(
    ("kind", "area", "data", "address", "says"),
    [
        ("inspections.written", WEST, {**PAPER, "office": "village_committee"}, FLAGGED, ("无权作出停业", "no power")),
        ("inspections.written", WEST, {**PAPER, "office": "?"}, FLAGGED, ("不在现行规则内", "not in the policy pack")),
        ("supervision.looked_back", WEST, {"problem": "P-1", "outcome": "closed"}, f"/problems/{TOWN}/?state=after_closing",
         ("无人值守", "无人值守")),
        ("supervision.looked_back", WEST, {"problem": "P-1", "outcome": "reopened"}, "/problem/P-1/",
         ("销号后又有登记", "recorded of it afterwards")),
        ("tasks.set", WEST, {**TASK, "owner": "大家"}, f"/tasks/{TOWN}/?state=nobody", ("不在人员名单", "no member")),
        ("directives.received", EAST, {"directive": "Z-001", "version": 1, "what": "read"}, f"/directives/{TOWN}/one/Z-001/",
         ("回执单位未收到该版指令", "does not go")),
        ("directives.received", WEST, {"directive": "Z-001", "version": 2, "what": "read"}, f"/directives/{TOWN}/?state=odd",
         ("逐户走访", "逐户走访")),
        ("inspections.lifted", WEST, {"action": "seal", "reason": "整改到位"}, "/inspected/S1/",
         ("没有对应的执行中措施", "did not stand")),
    ],
)  # fmt: skip
def test_a_push_that_contradicts_what_is_known_is_kept_and_shown_with_its_reason(
    noon: Field, cast: Cast, sign_in: SignIn, kind: str, area: str, data: dict[str, Any], address: str, says: tuple[str, str]
):
    ben = sign_in(cast.ben)
    before = [says[0] in shown(ben, address).split("<main", 1)[-1]]

    noon.record(kind, area=area, place="S1", data=data)

    with clock.at(NOON + timedelta(minutes=1)):
        after = [words in shown(ben, address, language) for words, language in zip(says, ("zh-hans", "en"), strict=True)]
    assert (before, after) == ([False], [True, True])


def test_a_closure_that_is_lifted_twice_is_listed_until_the_second_lifting_is_withdrawn(noon: Field, cast: Cast, sign_in: SignIn):
    for hour in (0, 1):
        second = noon.later(hours=hour).record("inspections.lifted", place="S1", data={"action": "close", "reason": "整改到位"})
    ben, address = sign_in(cast.ben), f"/inspections/{TOWN}/?state=idle&as=csv"
    with clock.at(noon.now + timedelta(minutes=1)):
        listed = shown(ben, address).splitlines()[1:]
        form = ben.post("/record/inspections.lifted/", {"event": str(uuid4()), "ref_place": "S1", "action": "close", "reason": "再次"})
        ben.post(f"/record/withdraw/{second.id}/", {"reason": "重复登记"})
        cleared = shown(ben, address).splitlines()[1:]

    assert ([line.split(",")[0] for line in listed], cleared) == (["河街商店"], [])
    assert (form.status_code, "该场所没有此项执行中的措施" in form.content.decode(), "再次" in form.content.decode()) == (422, True, True)


def test_dir_02_an_answer_from_before_the_directive_is_refused_at_the_console_and_listed_of_a_push(
    noon: Field, cast: Cast, sign_in: SignIn
):
    ben = sign_in(cast.ben)
    said = {
        "event": str(uuid4()),
        "to": [WEST],
        "channel": "telephone",
        "told_by": "W3",
        "words": "接电话的是会计",
        "when": "2022-03-18T09:30",
    }
    answer = ben.post(f"/directives/{TOWN}/one/Z-001/told/", said)
    page = html.unescape(answer.content.decode())
    early = noon.event("directives.received", area=WEST, at=(START + timedelta(hours=1)).isoformat(),
                       data={"directive": "Z-001", "version": 1, "what": "read"})  # fmt: skip
    (taken,) = noon.push(early)

    assert (answer.status_code, "传达时间不能早于下发" in page, "接电话的是会计" in page) == (422, True, True)
    assert (taken.status, "1 条指令回执待核实" in shown(ben, f"/board/{TOWN}/?at=now")) == ("accepted", True)


@pytest.mark.parametrize(
    ("chiefs", "says"),
    [
        ("territory:W1;industry:W2;enterprise:老板", ("不在人员名单中", "not on the list of members")),
        ("territory:W1;territory:W3;industry:W2", ("企业库长：未指定", "Enterprise chief: nobody is named")),
        ("territory:W1;industry:W1;enterprise:W2", ("有人兼任两级库长", "One person holds two roles")),
        ("territory:W1;industry:W2;enterprise:W9", ("属于其他乡镇", "works in another town")),
    ],
)
def test_cld_01_chiefs_of_a_file_that_do_not_hold_are_kept_and_listed_with_the_reason(
    noon: Field, cast: Cast, sign_in: SignIn, chiefs: str, says: tuple[str, str]
):
    Member.objects.create(code="W9", name="邻村干部", area=OTHER_VILLAGE, role="village_worker", learned_at=START)
    pairs = [each.split(":") for each in chiefs.split(";")]
    Place.objects.filter(code="CS1").update(chiefs=pairs)
    ben = sign_in(cast.ben)

    for words, language in zip(says, ("zh-hans", "en"), strict=True):
        assert words in shown(ben, f"/cold-stores/{TOWN}/?state=doubt", language)
        assert words in shown(ben, "/cold-store/CS1/", language)
    assert Place.objects.current().get(code="CS1").chiefs == pairs


@pytest.mark.parametrize(
    ("who", "address", "typed", "kept", "says"),
    [
        ("ben", "/cold-store-chiefs/CS1/", {"territory": "村干部甲", "industry": "村干部乙", "enterprise": "老板", "reason": "补齐"},
         "老板",
         ("不在本地或上级的人员名单中", "not on the list of members")),
        ("ben", "/cold-store-chiefs/CS1/", {"territory": "村干部甲", "industry": "村干部乙", "enterprise": "W9", "reason": "补齐"}, "W9",
         ("不在本地或上级的人员名单中", "not on the list of members")),
        ("ben", "/cold-store-chiefs/CS1/", {"territory": "村干部甲", "industry": "镇干部", "enterprise": "镇干部", "reason": "补齐"},
         "补齐",
         ("此人已担任另一级库长", "holds another of the three roles")),
        ("ben", f"/zones/{TOWN}/new/", {**ZONE, "until_at": "", "from_at": "2022-03-18T14:00", "do": "order"}, "镇指挥部",
         ("请填写“截止时间”", "Fill in “Until”")),
        ("ben", f"/zones/{TOWN}/new/", {**ZONE, "basis": "", "from_at": "2022-03-18T14:00", "until_at": "2022-03-20T14:00", "do": "order"},
         "河街", ("请填写“法律依据”", "Fill in “Legal basis”")),
        ("ina", f"/act-say/written/{PAPER['act']}/S1/", {**PAPER, "office": "village_committee", "officers": "甲 0001\n乙 0002"},
         "甲 0001\n乙 0002", ("无权作出停业", "has no power to order")),
        ("ana", f"/act-say/written/{PAPER['act']}/S1/", {}, "", ("", "")),
        ("ina", f"/act-say/written/{act_code('r1', 'S1', 'penalise')}/S1/", {**PAPER, "legal_basis": "", "officers": "甲 0001"}, "甲 0001",
         ("法律依据", "By which provision")),
        ("ben", f"/directives/{TOWN}/new/", {"title": "走访", "text": "三日内", "to": [OTHER_VILLAGE], "read_by": "2022-03-18T14:00"},
         "三日内", ("没有这一选项", "has no such choice")),
        ("ben", f"/tasks/{TOWN}/new/", {**TASK, "matter": "", "due_at": "2022-03-18T18:00"}, "渡口卡点",
         ("请填写“事项”", "Fill in “Matter”")),
        ("ben", f"/tasks/{TOWN}/new/", {**TASK, "where": " ", "due_at": "2022-03-18T18:00"}, "夜间增派 2 人",
         ("请填写“地点”", "Fill in “Place”")),
        ("ben", f"/tasks/{TOWN}/new/", {**TASK, "owner": "大家", "due_at": "2022-03-18T18:00"}, "渡口卡点",
         ("没有这一选项", "has no such choice")),
        ("ben", "/record/supervision.looked_back/", {"problem": "P-1", "outcome": "closed", "ref_area": WEST}, "P-1",
         ("无需再登记", "needs no further step")),
    ],
)  # fmt: skip
def test_a_form_says_what_must_change_and_keeps_what_was_typed(
    noon: Field, cast: Cast, sign_in: SignIn, who: str, address: str, typed: dict[str, Any], kept: str, says: tuple[str, str]
):
    Member.objects.create(code="W9", name="邻村干部", area=OTHER_VILLAGE, role="village_worker", learned_at=START)
    person = account("ina", "inspector", TOWN, member="W2") if who == "ina" else getattr(cast, who)
    client, before = sign_in(person), Event.objects.count()
    for words, language in zip(says, ("zh-hans", "en"), strict=True):
        client.cookies["django_language"] = language
        with override(language):
            answer = client.post(address, {"event": str(uuid4()), **typed})
        page = html.unescape(answer.content.decode())
        said = page.partition('role="alert"')[2].partition("</ul>")[0]
        assert (answer.status_code, words in said, kept in page) == (403 if who == "ana" else 422, True, True)
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        (f"/directives/{TOWN}/new/", {"title": "走访", "text": "三日内", "to": [EAST], "read_by": "2022-03-18T14:00"}),
        (f"/directives/{TOWN}/new/?of=Z-001",
         {"title": "走访", "text": "二日内", "to": [EAST], "read_by": "2022-03-18T14:00", "changes": "提前"}),
        (f"/tasks/{TOWN}/new/", {**TASK, "due_at": "2022-03-18T18:00"}),
        (f"/zones/{TOWN}/new/", {**ZONE, "from_at": "2022-03-18T14:00", "until_at": "2022-03-20T14:00", "do": "order"}),
        (f"/act-say/lifted/{PAPER['act']}/S1/", {"reason": "整改到位"}),
    ],
)  # fmt: skip
def test_a_button_that_is_pressed_twice_records_once_and_says_nothing_wrong(
    noon: Field, sign_in: SignIn, address: str, typed: dict[str, Any], cast: Cast
):
    client, before = sign_in(cast.ben), Event.objects.count()
    form = {"event": str(uuid4()), **typed}

    answers = [client.post(address, form) for _ in range(2)]

    assert ([answer.status_code for answer in answers], Event.objects.count()) == ([302, 302], before + 1)
    assert answers[0]["Location"] == answers[1]["Location"]
    assert client.get(answers[1]["Location"]).status_code == 200


@pytest.mark.parametrize("what", ["directives", "tasks"])
def test_who_gives_up_a_new_form_comes_back_to_the_list(noon: Field, ben: Any, what: str):
    page = ben.get(f"/{what}/{TOWN}/new/").content.decode()

    assert f'<a class="btn" href="/{what}/{TOWN}/">Cancel</a>' in page
