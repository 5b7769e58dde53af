"""The shapes of kinds: whatever is declared can be asked by a form that knows no kind."""

import pytest

from closeknit.ledger.fields import Invalid
from closeknit.ledger.judge import judged_data
from closeknit.ledger.kinds import kinds
from closeknit.policy.packs import Policy, merged, shipped
from closeknit.sync.assignment.shapes import shape_of
from closeknit.sync.assignment.work import sayable

COVID = Policy("covid", 1, merged(shipped("generic"), shipped("cn-covid-2022-v9")))
GENERIC = Policy("generic", 1, shipped("generic"))
TYPES = {"text", "integer", "number", "boolean", "choice", "moment", "day", "names"}


def fields(kind: str, policy: Policy = COVID) -> dict[str, dict]:
    return {each["name"]: each for each in shape_of(kinds()[kind], "doors", policy)["fields"]}


def test_a_visit_in_both_languages():
    shape = shape_of(kinds()["doorknock.visited"], "doors", COVID)

    assert {name: value for name, value in shape.items() if name != "fields"} == {
        "kind": "doorknock.visited", "label": {"en": "Door visited", "zh": "入户走访"}, "measure": "doorknock",
        "measure_label": {"en": "Door-to-door", "zh": "敲门行动"}, "needs": ("household",), "one_of": (), "may": ("person", "place"),
        "whereabouts": False, "health": False, "work": "doors",
    }  # fmt: skip
    assert shape["fields"][0] == {
        "name": "outcome", "label": {"en": "Outcome", "zh": "走访结果"}, "type": "choice", "required": True,
        "choices": [
            ("met", {"en": "Met", "zh": "已见面"}), ("absent", {"en": "Nobody home", "zh": "无人在家"}),
            ("refused", {"en": "Refused", "zh": "拒绝"}), ("moved", {"en": "Moved away", "zh": "已搬走"}),
            ("vacant", {"en": "Vacant", "zh": "空户"}),
        ],
        "unit": None, "help": None, "min": None, "max": None, "many": False, "personal": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "field", "said"),
    [
        ("doorknock.visited", "present", {"type": "integer", "min": 0, "max": None, "required": False}),
        ("doorknock.visited", "leaflet", {"type": "boolean"}),
        ("doorknock.visited", "needs", {"type": "text", "many": True, "personal": True}),
        ("checkpoints.person_checked", "temperature", {"type": "number", "min": 30, "max": 45, "unit": {"en": "°C", "zh": "°C"}}),
        ("checkpoints.person_checked", "test_at", {"type": "moment"}),
        ("clinics.day_reported", "day", {"type": "day"}),
        ("registry.found", "birth_date", {"type": "day"}),
        ("isolation.transferred", "from", {"type": "text"}),
        ("coldchain.store_checked", "chiefs_present", {"type": "choice", "many": True}),
        ("testing.sampled", "pool", {"type": "choice", "choices": [(n, {"en": str(n), "zh": str(n)}) for n in (1, 5, 10, 20)]}),
        ("reports.declared", "figures", {"type": "names"}),
    ],
)
def test_a_field_of_each_type(kind: str, field: str, said: dict):
    told = fields(kind)[field]

    assert {name: told[name] for name in said} == said


def test_what_the_pack_does_not_ask_is_left_out():
    assert {"booster", "leaflet", "code_help"} <= fields("doorknock.visited").keys()
    assert fields("doorknock.visited", GENERIC).keys() == {"outcome", "present", "needs", "note"}


def test_every_kind_has_a_shape_that_a_form_can_draw():
    for kind in kinds().values():
        for each in shape_of(kind, "", COVID)["fields"]:
            assert each["type"] in TYPES
            assert bool(each["choices"]) == (each["type"] == "choice")


def test_what_a_form_makes_of_each_type_is_what_the_kind_takes():
    filled = {"text": "甲", "integer": 2, "number": 36.5, "boolean": True, "moment": "2022-03-18T08:30:00.000+08:00", "day": "2022-03-18"}
    wrong = {}
    for kind in sayable(COVID):
        data = {}
        for each in shape_of(kind, "", COVID)["fields"]:
            value = each["choices"][0][0] if each["choices"] else filled[each["type"]]
            data[each["name"]] = [value] if each["many"] else value
        try:
            judged_data({"data": data}, kind)[1].check()
        except Invalid as error:
            if error.reason == "wrong_type":
                wrong[kind.name] = error.field

    assert wrong == {}


def test_health_and_whereabouts_are_told():
    told = {kind.name: shape_of(kind, "", COVID) for kind in sayable(COVID)}

    assert [name for name, each in told.items() if each["whereabouts"]] == [
        "checkpoints.vehicle_checked", "checkpoints.person_checked", "venues.entered", "inspections.transport_suspected",
        "coldchain.vehicle_checked",
    ]  # fmt: skip
    assert {kinds()[name].retention for name, each in told.items() if each["health"]} == {"health"}
