"""Who is shown on a page stands in the trail of readings: every address, as the town's clerk opens it."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.registry.models import Person
from closeknit.registry.reading.names import masked_name
from tests.everywhere.addresses import ADDRESSES
from tests.everywhere.samples import Samples, address_of, lived_in
from tests.town import START, Field

pytestmark = [pytest.mark.django_db, pytest.mark.either]
MARKUP = re.compile(r"<style.*?</style>|<script.*?</script>|<[^>]*>", re.DOTALL)


@pytest.fixture
def samples(field_records: Field) -> Iterator[Samples]:
    made = lived_in(field_records)
    with clock.at(START + timedelta(hours=10)):
        yield made


def signs() -> dict[str, frozenset[str]]:
    """By what somebody of the register is known on a page (name, whole or masked, number, telephone), and the codes under which they may
    be written down."""
    found: dict[str, set[str]] = {}
    for person in Person.objects.current():
        told = person.told()
        for sign in (told["name"], masked_name(told["name"]), told.get("id_no", ""), *told.get("phone", "").split(";")):
            if len(sign) > 1:
                found.setdefault(sign, set()).update((person.code, person.household))
    return {sign: frozenset(codes) for sign, codes in found.items()}


def missing(shown: str, written: set[str], known: Mapping[str, frozenset[str]]) -> list[str]:
    """Who is shown and not written down."""
    return sorted(sign for sign, codes in known.items() if sign in shown and not codes & written)


def text_of(answer: Any) -> str:
    """What can be read of an answer; the pages' markup holds no names, but the forms' values do."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    page = content.decode("utf-8", "replace")
    values = re.findall(r'(?:value|title|aria-label|data-[a-z-]+)="([^"]*)"', page)
    return MARKUP.sub("", page) + "\n".join(values)


def test_whoever_is_shown_is_written_down(client, samples, cast):
    known, wrong, seen = signs(), [], 0
    client.force_login(cast.ben)
    for one in ADDRESSES:
        before = Reading.objects.count()
        answer = client.get(address_of(one, samples))
        if one.name == "console.sign_out":
            client.force_login(cast.ben)
        if answer.status_code != 200:
            continue
        shown = text_of(answer)
        written = {code for codes in Reading.objects.order_by("pk").values_list("codes", flat=True)[before:] for code in codes}
        seen += any(sign in shown for sign in known)
        wrong += [(one.name, sign) for sign in missing(shown, written, known)]

    assert not wrong, "\n" + "\n".join(map(str, wrong))
    assert seen > 20


def test_whoever_is_not_written_down_is_found():
    known = {"卢兰利": frozenset({"P1", "H1"}), "19900000003": frozenset({"P3", "H2"})}

    assert missing("卢兰利 19900000003", {"H1"}, known) == ["19900000003"]
