"""A status on one page, at a gate and for the person; read only, never unseen; the same standing with and without a phone."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.measures.cards.actions import issue
from closeknit.measures.passes.standing import statuses
from closeknit.measures.residents.tests.conftest import hidden_in, opened, sent
from closeknit.paper.cards.codes import code_of
from closeknit.reports.figures import Question, figures
from tests.town import START, TOWN, WEST, Cast, Field, account, id_no

SignIn = Callable[[Any], Any]
NOON = START + timedelta(hours=12)
ADULT = {"name": "卢兰利", "end": id_no("19620702", 1)[-4:], "second": "0702"}


def sampled(field: Field, person: str, tube: str, result: str = "negative", pool: int = 10) -> Event:
    """A sample with its result an hour later; the result."""
    field.record("testing.sampled", person=person, data={"tube": tube, "pool": pool})
    return field.later(hours=1).record("testing.resulted", data={"tube": tube, "result": result, "lab": "L1", "tested_at": "2022-03-18"})


def word_of(person: str) -> tuple[str, str]:
    ((_, found),) = statuses([person], NOON).items()
    return found.word, found.rule


def test_the_status_follows_the_records_of_all_names_of_a_person_and_nobody_sets_it(field_records: Field):
    assert word_of("P1") == ("limited", "test")
    result = sampled(field_records, "P1", "T1")
    assert word_of("P1") == ("free", "test")

    order = {"measure": "home", "rule": "secondary", "evidence": [str(result.id)], "until": "2022-03-25", "told": "paper"}
    field_records.record("isolation.ordered", person="P1", data=order)
    assert word_of("P1") == ("apart", "order")
    field_records.later(hours=1).record("isolation.released", person="P1", data={"reason": "期满"})
    assert word_of("P1") == ("free", "test")
    assert [name for name in kinds() if name.startswith("passes.") and "status" in name] == []


def test_the_page_says_rule_evidence_end_and_appeal_and_each_reading_is_in_the_trail(field_records: Field, cast: Cast, sign_in: SignIn):
    result = sampled(field_records, "P1", "T1", "positive", pool=1)
    with clock.at(NOON):
        page = sign_in(cast.ben).get("/pass/P1/").content.decode()

    assert ["请勿外出" in page, "检测结果阳性" in page, "2022-03-28 10:00" in page, "24 小时内答复" in page] == [True] * 4
    assert f"/event/{result.id}/" in page
    assert list(Reading.objects.filter(screen="passes.person").values_list("account", "codes", "purpose")) == [("ben", ["P1"], "status")]


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("ben", 200), ("chen", 200), ("dov", 404)])
def test_who_reads_a_status(field_records: Field, cast: Cast, sign_in: SignIn, who: str, status: int):
    assert sign_in(getattr(cast, who)).get("/pass/P1/").status_code == status


@pytest.fixture
def card(field_records: Field) -> Any:
    """The card of the first household."""
    with clock.at(NOON):
        return issue([("H1", WEST)], by="ana")[0]


def grants(client: Any, code: str, shown_by: str = "self") -> list[str]:
    """What the gate offers of a card's household."""
    page = client.post(f"/passes/{WEST}/gate/", {"code": code, "shown_by": shown_by}).content.decode()
    assert "卢兰利" not in page
    return re.findall(r'name="grant" value="([^"]+)"', page)


def test_a_gate_reads_the_word_by_a_cards_code_and_nothing_of_why(field_records: Field, card: Any, sign_in: SignIn):
    sampled(field_records, "P1", "T1", "positive", pool=1)
    gate = sign_in(account("gus", "gate_staff", WEST))
    with clock.at(NOON):
        adult, child = grants(gate, code_of(card))
        main = gate.post(f"/passes/{WEST}/gate/", {"grant": adult}).content.decode().split("<main")[1]
        exempt = gate.post(f"/passes/{WEST}/gate/", {"grant": child}).content.decode()

    assert ["请勿外出" in main, "急难情况一律放行" in main, "可以通行" in exempt] == [True, True, True]
    assert [word for word in ("阳性", "卢兰利", "P1", code_of(card)) if word in main] == []
    readings = list(Reading.objects.filter(screen="passes.gate").order_by("at", "id").values_list("account", "what", "codes", "purpose"))
    assert sorted(readings) == sorted(
        [("gus", "household", ["H1"], "gate"), ("gus", "person", ["P1"], "gate"), ("gus", "person", ["P2"], "gate")]
    )


def test_cod_01_a_helper_shows_a_code_only_under_the_persons_recorded_consent(field_records: Field, card: Any, sign_in: SignIn, cast: Cast):
    gate = sign_in(cast.ana)
    bad = field_records.event("passes.code_given", person="P1", data={"way": "helper", "helper": "邻居"})
    assert [(each.status, each.field) for each in field_records.push(bad)] == [("rejected", "data.consent")]

    def shown() -> str:
        with clock.at(NOON):
            return str(gate.post(f"/passes/{WEST}/gate/", {"grant": grants(gate, code_of(card), "helper")[0]}).content.decode())

    assert "本人未同意他人代为出示" in shown()
    field_records.record("passes.code_given", person="P1", data={"way": "helper", "consent": "spoken", "helper": "邻居"})
    assert "待补办" in shown()
    numbers = figures(Question(TOWN, START, NOON), "passes.")
    assert [numbers[f"passes.{name}"] for name in ("codes", "codes_helped", "codes_paper")] == [1, 1, 0]
    field_records.later(hours=1).record("passes.code_ended", person="P1", data={"reason": "withdrawn"})
    assert "本人未同意他人代为出示" in shown() and figures(Question(TOWN, START, NOON), "passes.")["passes.codes"] == 0


def test_a_wrong_code_reads_nobody_and_says_what_else_to_do(field_records: Field, card: Any, sign_in: SignIn):
    gate = sign_in(account("gus", "gate_staff", WEST))
    with clock.at(NOON):
        answers = [gate.post(f"/passes/{WEST}/gate/", {"code": "2345-6789-ABCD", "shown_by": "self"}) for _ in range(31)]
        late = gate.post(f"/passes/{WEST}/gate/", {"grant": "made up"})

    assert (answers[0].status_code, "改用纸质登记" in answers[0].content.decode(), "后可再查验" in answers[30].content.decode()) == (
        422,
        True,
        True,
    )
    assert (late.status_code, Reading.objects.filter(screen="passes.gate").count()) == (200, 0)


def test_one_sees_ones_own_status_with_a_second_thing_and_objects_to_it(field_records: Field, card: Any, cast: Cast, client: Client):
    sampled(field_records, "P1", "T1", "inconclusive")
    with clock.at(NOON):
        resident = opened(card)
        answer = sent(resident, "/r/mine/", **ADULT)
        page = answer.content.decode()
        grant = re.findall(r'/r/status/objection/".*?name="grant" value="([^"]+)"', page, re.S)[0]
        said = {"grant": grant, "words": "已复检阴性", "form": hidden_in(answer, "form")}
        answers = [resident.post("/r/status/objection/", said).status_code for _ in "ab"]
        other = Client().post("/r/status/objection/", said).status_code
    assert ("Something is missing" in page, answers, other) == (True, [200, 200], 302)

    (objection,) = Event.objects.filter(kind="passes.objected")
    assert (objection.person, objection.data) == ("P1", {"way": "page"})
    late = NOON + timedelta(hours=25)
    assert [figures(Question(TOWN, START, late), "passes.")[f"passes.objections_{name}"] for name in ("open", "late")] == [1, 1]
    client.force_login(cast.ben)
    with clock.at(late):
        assert "1 条通行状态异议超时未答复" in client.get(f"/board/{TOWN}/").content.decode()
        assert "已复检阴性" in client.get(f"/passes/{TOWN}/objections/?state=open").content.decode()
        answer = {"outcome": "put_right", "reason": "补录结果"}
        assert [client.post(f"/passes/answer/{objection.id}/", answer).status_code for _ in "ab"] == [302, 302]
    assert Event.objects.filter(kind="passes.objection_answered").count() == 1
    assert figures(Question(TOWN, START, late + timedelta(hours=1)), "passes.")["passes.objections_open"] == 0


def test_cod_06_sign_ups_stand_by_unit_beside_the_target_and_by_name(field_records: Field, cast: Cast, sign_in: SignIn):
    field_records.record("passes.code_given", person="P1", data={"way": "own_phone"})
    field_records.record("passes.code_given", person="P3", data={"way": "paper", "consent": "signed"})
    field_records.record("passes.code_given", person="P7", data={"way": "own_phone"}, area=WEST)
    ben = sign_in(cast.ben)
    with clock.at(NOON):
        rows = ben.get(f"/passes/{TOWN}/?as=csv").content.decode("utf-8-sig").splitlines()[1:]
        without = ben.get(f"/passes/{TOWN}/people/?state=none&as=csv").content.decode("utf-8-sig").splitlines()[1:]

    assert [row.split(",") for row in rows] == [["东岭村", "0", "2", "0", "0", "0", "0"], ["西坪村", "50", "4", "2", "1", "0", "1"]]
    assert sorted(row.split(",")[1] for row in without) == ["P2", "P4", "P5", "P6"]
    assert {code for row in Reading.objects.filter(screen="passes.people") for code in row.codes} == {"P2", "P4", "P5", "P6"}


def test_x_01_whoever_has_no_phone_has_the_same_standing_everywhere(field_records: Field, cast: Cast, sign_in: SignIn):
    """P1 does it by phone; P3 has none: paper, an identity card, a worker at the door and a helper. Nothing differs but the way."""
    issue([("H2", WEST)], by="ana")
    field_records.record("care.tagged", person="P3", data={"tag": "no_phone", "state": "set"})
    ways = {"P1": ({"way": "scanned"}, {}, "own_phone"), "P3": ({"way": "paper", "no_phone": True}, {"mode": "home"}, "helper")}
    for number, (person, (entry, sampling, code)) in enumerate(ways.items()):
        consent = {"consent": "signed", "helper": "女儿"} if code == "helper" else {}
        field_records.record("passes.code_given", person=person, data={"way": code, **consent})
        field_records.record("testing.sampled", person=person, data={"tube": f"T{number}", "pool": 10, **sampling})
        field_records.record("venues.entered", place="S1", person=person, data=entry)
    for tube in ("T0", "T1"):
        field_records.record("testing.resulted", data={"tube": tube, "result": "negative", "lab": "L1", "tested_at": "2022-03-18"})
    helped = sign_in(cast.ana)
    with clock.at(NOON):
        helped.post("/residents/for/H2/")
        sent(helped, "/r/help/", matter="food", urgency="normal", words="缺米")

    by_phone, by_hand = statuses(["P1", "P3"], NOON).values()
    assert (by_phone.word, by_phone.until) == (by_hand.word, by_hand.until) == ("free", by_phone.until)
    day = figures(Question(TOWN, START, NOON + timedelta(hours=1)), "care.", "passes.", "residents.", "testing.", "venues.")
    names = ("passes.codes", "venues.entries", "venues.entries_by_code", "venues.entries_by_hand", "residents.helped", "care.help_asked")
    assert [day[name] for name in names] == [2, 2, 1, 1, 1, 1]
