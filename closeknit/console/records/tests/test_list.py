"""What was recorded can be looked through; whereabouts show time, post and decision, and nobody."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.access.models import Reading
from closeknit.console.records.docs import pages
from closeknit.console.records.words import sentence, sentences
from closeknit.ledger.models import Event
from closeknit.measures.doorknock.kinds import Outcome
from tests.structure.sources import ROOT
from tests.town import EAST, Cast, Field

SignIn = Callable[..., Any]
CHECK = {"name": "梁岩雪", "temperature": 36.4, "colour": "green", "decision": "admitted"}


@pytest.fixture
def records(cast: Cast, field_records: Field) -> Field:
    """Visits in two villages, one withdrawn, and a person at the gate."""
    field_records.record(
        "doorknock.visited", household="H1", data={"outcome": "met", "present": 3, "note": "夜里再来", "booster": "agreed"}
    )
    field_records.record("doorknock.visited", household="H4", area=EAST, member="W2", data={"outcome": "absent"})
    wrong = field_records.record("doorknock.visited", household="H2", data={"outcome": "moved"})
    field_records.record("ledger.voided", corrects=str(wrong.id), data={"reason": "重复"})
    field_records.record("checkpoints.person_checked", place="CP1", person="P1", member="W1", data=CHECK)
    return field_records


def rows(client: Any, query: str = "", kind: str = "doorknock.visited") -> list[str]:
    """The households of the list, from its file."""
    text = client.get(f"/records/{kind}/?as=csv&{query}").content.decode("utf-8-sig")
    return [line.split(",")[2] for line in text.splitlines()[1:]]


@pytest.mark.parametrize(
    ("query", "households"),
    [
        ("", ["H1", "H4"]), ("data_outcome=met", ["H1"]), (f"area={EAST}", ["H4"]), ("member=W2", ["H4"]), ("state=withdrawn", ["H2"]),
        ("q=H1", ["H1"]), ("days_from=2022-03-18&days_to=2022-03-18", ["H1", "H4"]),
        ("days_to=2022-03-17", []), ("days_from=never", ["H1", "H4"]),
    ],
)  # fmt: skip
def test_ben_filters_the_visits_of_his_town(records: Field, cast: Cast, sign_in: SignIn, query: str, households: list[str]):
    assert sorted(rows(sign_in(cast.ben), query)) == households


def test_what_is_to_be_looked_at_is_said_and_can_be_listed_alone(records: Field, cast: Cast, sign_in: SignIn):
    records.record("doorknock.visited", household="H3", area=EAST, member="W1", data={"outcome": "met"})
    ben = sign_in(cast.ben)

    assert rows(ben, "marked=1") == ["H3"]
    words = [ben.get(f"/records/doorknock.visited/?q={code}").content.decode().count("待留意</") for code in ("H1", "H3")]
    assert words == [1, 2], "the filter's own name, and the mark of the record"


def test_ana_sees_her_village_and_dov_nothing_of_ours(records: Field, cast: Cast, sign_in: SignIn):
    assert rows(sign_in(cast.ana)) == ["H1"]
    assert rows(sign_in(cast.dov)) == []


def test_the_list_of_whereabouts_names_nobody(records: Field, cast: Cast, sign_in: SignIn):
    page = sign_in(cast.ben).get("/records/checkpoints.person_checked/").content.decode()
    text = sign_in(cast.ben).get("/records/checkpoints.person_checked/?as=csv").content.decode()

    assert "渡口卡点" in page and "放行" in page
    assert [word for word in ("梁岩雪", "P1", "W1", "村干部甲", "36.4", "绿码", "member") if word in page.split("<main")[1] + text] == []


def test_who_recorded_is_no_question_of_a_list_of_whereabouts(records: Field, cast: Cast, sign_in: SignIn):
    found = [
        sign_in(cast.ben).get(f"/records/checkpoints.person_checked/?as=csv&{query}").content.decode().count("渡口卡点")
        for query in ("member=W9", "q=CP1", "q=P1", "q=W1")
    ]

    assert found == [1, 1, 0, 0]


def test_a_page_of_the_list_is_written_to_the_trail(records: Field, cast: Cast, sign_in: SignIn):
    sign_in(cast.ben).get("/records/doorknock.visited/")

    assert [(row.account, row.codes) for row in Reading.objects.all()] == [("ben", ["H1", "H4"])]


def test_the_list_asks_the_database_as_often_for_many_as_for_one(records: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    numbers = []
    for query in ("q=H1", ""):
        client.get(f"/records/doorknock.visited/?{query}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/records/doorknock.visited/?{query}")
        numbers.append(len(asked))

    assert numbers[0] == numbers[1]


def test_the_menu_of_records_offers_what_the_role_may(cast: Cast, sign_in: SignIn):
    ana, chen = (sign_in(who).get("/records/").content.decode() for who in (cast.ana, cast.chen))

    assert ("/record/doorknock.visited/" in ana, "/record/checkpoints.tallied/" in ana, "/records/checkpoints.tallied/" in ana) == (
        True,
        False,
        True,
    )
    assert set(re.findall(r"/record/([a-z]+)", chen)) == {"tasks", "liaison"}  # a supervisor sets tasks and says nothing of doors
    assert "/records/doorknock.visited/" in chen


def test_a_record_in_words_in_both_languages(records: Field):
    event = Event.objects.get(household="H1")

    assert sentence(event, "zh-hans") == "09:00 村干部甲 入户走访：已见面，在家人数 3"
    assert sentence(event, "en") == "09:00 村干部甲 · Door visited: Met, People at home 3"
    assert sentence(event, "zh-hans", whole=True) == "09:00 村干部甲 入户走访：已见面，在家人数 3，同意接种，备注 夜里再来"
    assert sentence(event, "zh-hans", dated=True).startswith("2022-03-18 09:00")


def test_a_record_in_words_names_who_works_here_and_shows_local_times(records: Field):
    planned = {"post": "order", "worker": "W2", "from_at": "2022-03-18T01:00:00Z", "to_at": "2022-03-18T05:00:00Z"}
    records.record("deployment.shift_planned", place="CP1", data=planned)
    records.record("liaison.solved", data={"log": "017f9bed-fe60-709f-9aba-bf8c286f9479", "words": "W9"})
    shift, solved = (Event.objects.get(kind=kind) for kind in ("deployment.shift_planned", "liaison.solved"))

    assert sentence(shift, "zh-hans") == "09:00 村干部甲 排班：岗位 order，人员编号 村干部乙，起 2022-03-18 09:00，止 2022-03-18 13:00"
    assert sentence(solved, "zh-hans") == "09:00 村干部甲 问题办结：办理情况 W9"


def test_whereabouts_in_words_are_time_post_and_decision(records: Field):
    assert sentence(Event.objects.get(kind="checkpoints.person_checked"), "zh-hans", whole=True) == "09:00 渡口卡点 人员查验：放行"


def test_a_record_that_does_not_stand_says_so(records: Field):
    assert sentence(Event.objects.get(household="H2"), "zh-hans") == "09:00 村干部甲 入户走访：已搬走（已作废或更正）"


def test_many_records_in_words_take_two_statements(records: Field):
    events = list(Event.objects.all())

    with CaptureQueriesContext(connection) as asked:
        lines = sentences(events, "en")

    assert (len(lines), len(asked)) == (5, 2)


def test_the_docs_of_every_kind_are_as_its_declaration_says():
    folder = ROOT / "docs/kinds"
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}

    assert written == pages(), "Type: closeknit docs docs/kinds"


def test_the_docs_tell_a_fields_codes():
    assert all(f"`{outcome.value}` {outcome.label.zh}" in pages()["doorknock.visited.md"] for outcome in Outcome)
