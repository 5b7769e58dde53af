"""An epidemiologist asks from a case's page who was there at the same time; nobody else, and never without a reason."""

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event
from closeknit.measures.tracing.tests.test_trace import case, empty  # noqa: F401 fixtures
from closeknit.reports.figures import Question, figures
from tests.town import COUNTY, START, Cast, Field

SignIn = Callable[[Any], Any]


def text_of(response: Any) -> str:
    """What a page says."""
    return html.unescape(response.content.decode())


def test_who_was_there_is_asked_with_a_reason_and_listed_by_place_and_time(case: Field, cast: Cast, sign_in: SignIn):  # noqa: F811
    with clock.at(case.now):
        chen = sign_in(cast.chen)
        page = text_of(chen.get("/investigation/LD-1/"))
        bare = chen.post("/investigation/LD-1/trace/", {"reason": " "})
        before = Reading.objects.filter(screen="tracing.trace").count()
        answer = chen.post("/investigation/LD-1/trace/", {"reason": "溯源需要", "event": str(uuid7())})
        found = text_of(chen.get(answer.url))
        narrowed = text_of(chen.get(answer.url + "?q=单田芳"))
        exported = chen.get(answer.url + "?as=csv").status_code
    asked = Event.objects.get(kind="tracing.asked")

    assert ("/investigation/LD-1/trace/" in page, bare.status_code, before, answer.status_code) == (True, 422, 0, 302)
    assert [name in found for name in ("单田芳", "尉迟恭", "过路人", "卢小河", "河街商店", "喆𬱖")] == [True] * 5 + [False]
    assert ("尉迟恭" in narrowed, exported) == (False, 403)
    assert "溯源需要" not in str(asked.data), "why somebody asked is kept encrypted"
    readings = Reading.objects.filter(account="chen", screen__startswith="tracing").order_by("id")[:2]
    assert [(each.what, each.codes, each.purpose) for each in readings] == [
        ("case", ["LD-1"], "溯源需要"), ("person", ["P2", "P3", "P4"], ""),
    ]  # fmt: skip
    assert figures(Question(COUNTY, START, START + timedelta(days=1)))["tracing.asked"] == 1


def test_a_reason_opens_the_list_for_its_giver_and_an_hour(case: Field, cast: Cast, sign_in: SignIn):  # noqa: F811
    with clock.at(case.now):
        url = sign_in(cast.chen).post("/investigation/LD-1/trace/", {"reason": "溯源", "event": str(uuid7())}).url
        others = {who.username: sign_in(who).get(url).status_code for who in (cast.ana, cast.ben, cast.dov)}
    with clock.at(case.now + timedelta(minutes=61)):
        late = sign_in(cast.chen).get(url)

    assert (others, late.status_code, late.url) == ({"ana": 403, "ben": 403, "dov": 403}, 302, "/investigation/LD-1/trace/")


def test_whose_case_it_is_comes_first(case: Field, cast: Cast, sign_in: SignIn):  # noqa: F811
    case.record("investigations.opened", data={"case": "LD-2", "matter": "x"})
    with clock.at(case.now):
        chen = sign_in(cast.chen)
        sent = chen.get("/investigation/LD-2/trace/")
        said = {"person": "单田芳", "basis": "positive_sample", "began_at": "2022-03-18T12:00"}
        nobody = chen.post("/investigation/LD-2/person/", {**said, "person": "无此人"})
        named = chen.post("/investigation/LD-2/person/", said)
        page = text_of(chen.get(named.url))

    assert (sent.url, nobody.status_code, named.status_code) == ("/investigation/LD-2/person/", 422, 302)
    assert Event.objects.get(kind="tracing.person_named", topic="LD-2").person == "P3"
    assert "30 分钟" in page
