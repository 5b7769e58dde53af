"""What must hold for every kind: examples, shape, retention, classes of privacy."""

from typing import Annotated, get_args

import msgspec
import pytest
from django.urls import reverse
from django.utils.html import escape

from closeknit.kit.text import Text
from closeknit.ledger.fields import Field, Privacy, Words
from closeknit.ledger.judge import judge
from closeknit.ledger.kinds import Kind, Retention, Said, kind, kinds
from closeknit.ledger.wire import Push
from closeknit.measures.doorknock.kinds import Visited
from tests.town import Field as Records

EVERY = sorted(kinds().values(), key=lambda each: each.name)


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.name)
def test_every_example_is_valid_as_it_stands(each: Kind):
    field = Records()
    references = dict.fromkeys((*each.needs, *each.needs_one_of[:1]), "X")
    push = Push(device="D1", member="W1", events=(), pushed_at=None, received_at=field.now)

    assert each.examples, "a kind shows what it looks like"
    for example in each.examples:
        event = field.event(each.name, data=example, corrects="017f9746-d0f8-71e4-8ad3-9952171a7eca", **references)
        judged = judge(event | {"data": {"reason": "示例", **example}}, push)
        assert judged.data.items() >= example.items()


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.name)
def test_every_kind_is_named_classed_and_described(each: Kind):
    assert each.name == each.name.lower() and each.name.count(".") == 1
    assert each.retention in get_args(Retention)
    assert each.label.en and each.label.zh
    assert each.said.__doc__ and not each.said.__doc__.startswith(each.said.__name__ + "(")
    assert {shape.field.privacy for shape in each.shapes} <= set(get_args(Privacy))


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.name)
def test_every_kind_has_a_shape_for_clients(each: Kind):
    schema = msgspec.json.schema(each.said)

    assert schema["$defs"][each.said.__name__]["type"] == "object"


def test_a_kind_without_retention_is_refused():
    with pytest.raises(TypeError, match="retention"):
        kind("tests.nothing", Text("x", "某"))(type("Nothing", (Said,), {}))


def test_a_field_without_a_class_is_refused():
    with pytest.raises(TypeError, match="name"):

        @kind("tests.unclassed", Text("x", "某"), retention="open")
        class Unclassed(Said):
            """A kind with a field that nobody classed."""

            name: Annotated[str, Words]


def test_a_kind_declared_twice_is_refused():
    with pytest.raises(TypeError, match="twice"):
        kind("doorknock.visited", Text("x", "某"), retention="open")(Visited)


@pytest.mark.parametrize("field_name", ["name", "phone", "id_no", "plate", "note"])
def test_identifying_fields_are_personal_wherever_they_stand(field_name: str):
    shapes = [(each.name, shape) for each in EVERY for shape in each.shapes if shape.name == field_name]
    classes = {kind: shape.field.privacy for kind, shape in shapes if (kind, field_name) != ("zones.ordered", "name")}  # an area's name

    assert classes and set(classes.values()) == {"personal"}


def test_a_field_says_what_it_is():
    assert Field(Text("x", "某")).privacy == "open"


# Kinds that people never fill in as a form: each has a screen or an action of its own, which asks more than a form can.
BY_OTHER_WAYS = {
    "schemes.taken", "schemes.written",
    "directives.issued",
    "routine.drawn",
    "legality.drawn", "legality.reviewed", "cases.drafted", "cases.returned", "cases.published", "cases.withdrawn",
    "arrivals.cleared",
    "passes.objection_answered",
    "outreach.text_written", "outreach.text_decided",
    "testing.cleared",
    "checkplans.planned", "checkplans.inspected", "checkplans.ended", "results.drawn",
    "isolation.objection_decided",
    "zones.ordered", "zones.announced", "zones.condition_noted", "zones.lifted", "zones.objected", "zones.objection_decided",
    "zonechecks.checked", "controls.ordered", "controls.lifted", "investigations.opened", "investigations.staff_named",
    "investigations.task_given", "investigations.task_done", "investigations.closed",
    "tracing.person_named", "tracing.asked",
    "supplies.line_parked",
    "residents.card_issued", "residents.card_revoked", "residents.tries_renewed",
    "lists.pushed", "lists.matched", "lists.assigned", "lists.returned", "lists.colour_read", "lists.reminded", "returnees.risk_area_set",
    "ledger.voided", "registry.merged", "registry.amended", "doorknock.recheck_drawn", "doorknock.rechecked", "reports.confirmed",
    "reports.declared", "workforce.passed_on", "workforce.cannot", "deployment.taken_on", "reports.filled", "notices.sent",
}  # fmt: skip


def test_what_has_a_screen_of_its_own_is_recorded_by_no_form():
    assert {each.name for each in EVERY if not each.by_form} == BY_OTHER_WAYS


@pytest.mark.either
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BY_OTHER_WAYS))
def test_no_form_records_what_has_a_screen_of_its_own(client, cast, name: str):
    client.force_login(cast.ben)
    address = reverse("records.record", kwargs={"kind": name})

    assert {client.get(address).status_code, client.post(address, {"reason": "x"}).status_code} <= {403, 404}


@pytest.mark.either
@pytest.mark.django_db
@pytest.mark.parametrize("each", [each for each in EVERY if each.name not in BY_OTHER_WAYS], ids=lambda each: each.name)
def test_every_kind_has_a_form_that_asks_for_its_fields(client, cast, each: Kind):
    client.force_login(cast.ben)
    client.cookies["django_language"] = "en"

    page = client.get(reverse("records.record", kwargs={"kind": each.name}))

    asked = page.content.decode()
    assert page.status_code == 200
    assert [shape.name for shape in each.shapes if escape(shape.field.label.en) not in asked] == []
