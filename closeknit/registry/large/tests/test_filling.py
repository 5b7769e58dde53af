"""Rows that are filled in stand as they were said, on either engine; and what an import changes of the process it puts back."""

import gc
from typing import Any

import pytest

from closeknit.kit.ids import uuid7
from closeknit.registry.large.filling import fill
from closeknit.registry.large.garbage import YOUNG, searched_seldom
from closeknit.registry.models import Member, Place
from tests.town import START

AWKWARD = ["a\tb", "a\\b", "\\N", "a\nb\rc", "{a,'b\"}", "张三", "plain", "%s"]
PLAIN = ["plain", "张三", "p-1", "%s", "'", '"', "{}", "a b"]


def place(code: str, **said: Any) -> dict[str, Any]:
    chiefs = [["chief", code], []]
    return {"id": uuid7(), "code": code, "category": "", "name": code, "area": "99", "chiefs": chiefs, "filed_chiefs": None, **said}


@pytest.mark.django_db
@pytest.mark.parametrize("texts", [AWKWARD, PLAIN])
def test_texts_come_back_as_they_went_in(texts: list[str]):
    rows = [place(text, notes=text) for text in texts]

    fill(Place, rows, learned_at=START, retired_at=None, lat=None, lon=1.5)

    columns = ("id", "code", "name", "notes", "chiefs", "learned_at", "retired_at", "lat", "lon")
    told = {row[0]: row[1:] for row in Place.objects.filter(code__in=texts).values_list(*columns)}
    assert told == {row["id"]: (row["code"],) * 3 + (row["chiefs"], START, None, None, 1.5) for row in rows}


@pytest.mark.django_db
def test_digests_and_nothing_come_back_as_they_went_in():
    held = {"M-a": b"\\x00\t\x00", "M-b": None, "M-c": b""}
    said = {"name": "", "unit": "", "team": "", "role": "", "area": "99"}

    fill(
        Member, [{"id": uuid7(), "code": code, "personal": blob, **said} for code, blob in held.items()], learned_at=START, retired_at=None
    )

    rows = Member.objects.filter(code__startswith="M-").values_list("code", "personal")
    assert {code: blob if blob is None else bytes(blob) for code, blob in rows} == held


def test_rings_are_searched_as_before_when_an_import_ends_or_fails():
    before = gc.get_threshold()

    with pytest.raises(KeyboardInterrupt), searched_seldom():
        within = gc.get_threshold()
        raise KeyboardInterrupt

    assert within[0] == YOUNG
    assert gc.get_threshold() == before
