"""Which work a role brings, and that no kind is forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from closeknit.campaigns.types import types
from closeknit.ledger.kinds import Kind, Said, kinds
from closeknit.policy.packs import Policy, merged, shipped
from closeknit.sync.assignment.work import ROLE_NAMES, SAID_IN, WITH_PEOPLE, WORK_OF, kinds_of, role_name, sayable, work_of, works
from closeknit.sync.enrolment.contact import Bearer
from tests.town import START, WEST

COVID = Policy("covid", 1, merged(shipped("generic"), shipped("cn-covid-2022-v9")))
MEASLES = Policy("measles", 1, merged(shipped("generic"), shipped("generic-measles")))
CONTRACT = {"doors", "round", "gate", "patrol", "deliveries", "isolation", "inspections", "outreach", "shift", "found", "laboratory"}


def bearer(role: str, kind: str = "member") -> Bearer:
    return Bearer("W1", "甲", role, WEST, kind, "", START + timedelta(days=1))


@pytest.mark.parametrize("policy", [COVID, MEASLES], ids=lambda policy: policy.name)
def test_every_kind_with_a_form_belongs_to_some_work(policy: Policy):
    assert [kind.name for kind in sayable(policy) if not works(kind)] == []


def test_a_kind_of_a_new_measure_would_be_noticed():
    assert works(Kind(name="nowhere.seen", label=kinds()["doorknock.visited"].label, said=Said, retention="open")) == []


def test_the_tables_name_nothing_that_is_not_there():
    named = {name for names in SAID_IN.values() for name in names}

    assert named - {kind.name for kind in kinds().values()} - {kind.measure for kind in kinds().values()} == set()
    assert set(SAID_IN) == CONTRACT
    assert {work for line in WORK_OF.values() for work in line} == CONTRACT
    assert WITH_PEOPLE <= CONTRACT
    assert WORK_OF.keys() - ROLE_NAMES.keys() == {"others"}


def test_every_campaign_is_somebodys_work():
    for each in types().values():
        assert set.intersection(*(set(works(kinds()[name])) for name in each.kind_names))


@pytest.mark.parametrize(
    ("role", "work"),
    [
        ("grid_worker", ["doors", "found", "patrol", "deliveries", "isolation", "outreach", "shift"]),
        ("sampler", ["found", "round", "shift"]),
        ("laboratory", ["laboratory", "shift"]),
        ("militia", ["gate", "shift"]),
        ("enforcement", ["patrol", "inspections", "shift"]),
        ("courier", ["deliveries", "shift"]),
        ("publicist", ["outreach", "shift"]),
        ("", ["outreach", "shift"]),
    ],
)
def test_the_work_of_a_role(role: str, work: list[str]):
    assert work_of(bearer(role), COVID) == work


def test_no_role_is_called_by_a_thing_that_the_pack_has_not():
    assert (role_name("sampler", COVID).zh, role_name("sampler", MEASLES).zh) == ("采样员", "工作人员")


def test_work_that_the_pack_has_not_is_left_out():
    assert work_of(bearer("sampler"), MEASLES) == ["found", "shift"]
    assert work_of(bearer("laboratory"), MEASLES) == ["shift"]
    assert work_of(bearer("village_secretary"), MEASLES) == [
        "doors", "found", "gate", "patrol", "deliveries", "inspections", "outreach", "shift",
    ]  # fmt: skip


def test_who_helps_for_a_shift_has_the_work_of_the_post_and_nothing_with_people():
    helper = bearer("volunteer", "shift")

    assert work_of(helper, COVID, post="checkpoint") == ["found", "patrol", "outreach", "shift", "gate"]
    assert work_of(helper, COVID, post="shop") == ["found", "patrol", "outreach", "shift"]
    assert work_of(replace(helper, kind="member"), COVID, post="checkpoint")[0] == "doors"


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("laboratory", ["testing.received", "testing.resulted", "workforce.signed_in", "workforce.signed_out"]),
        (
            "courier",
            [
                "supplies.delivered",
                "supplies.fell_short",
                "supplies.ordered",
                "supplies.stock_moved",
                "workforce.signed_in",
                "workforce.signed_out",
            ],
        ),
    ],
)
def test_what_a_role_may_record(role: str, names: list[str]):
    assert sorted(kind.name for kind, _ in kinds_of(work_of(bearer(role), COVID), COVID)) == names


def test_a_kind_of_several_works_has_the_first_that_the_worker_has():
    walks, samples = (kinds_of(work_of(bearer(role), COVID), COVID) for role in ("grid_worker", "sampler"))

    assert [work for kind, work in walks if kind.name == "registry.found"] == ["doors"]
    assert [work for kind, work in samples if kind.name == "registry.found"] == ["found"]
