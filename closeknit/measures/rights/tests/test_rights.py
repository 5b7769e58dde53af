"""Laws, rights and duties are open to everybody, once approved; by place, on the screen and to print."""

import re
from typing import Any

import pytest

from closeknit.measures.library.tests.telling import decide, write
from tests.town import EAST, TOWN, WEST, Field

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(field_records: Field) -> Field:
    """The town has a law, a right and an answer, and a text on protection; the west a duty; another law waits."""
    for code, about, words in (("T-1", "law", "依法防控"), ("T-2", "right", "对隔离通知可提出异议"), ("T-3", "prevention", "勤洗手"),
                               ("T-4", "answer", "超市照常营业")):  # fmt: skip
        decide(field_records, write(field_records, code, about=about, words=words))
    decide(field_records, write(field_records, "W-1", area=WEST, about="duty", words="返乡主动报备"), area=WEST)
    write(field_records, "T-5", about="law", words="尚未审定")
    return field_records


def shown(client: Any, path: str) -> list[str]:
    """What a page says, text by text, to somebody without an account."""
    answer = client.get(path)
    assert answer.status_code == 200
    return re.findall(r"<h3>[^<]*</h3>\s*<p>([^<]*)</p>", answer.content.decode())


def test_com_06_everybody_reads_what_is_approved_without_an_account(issued: Field, client: Any):
    assert shown(client, f"/rights/{WEST}/") == ["依法防控", "对隔离通知可提出异议", "返乡主动报备", "超市照常营业"]
    assert shown(client, f"/rights/{EAST}/") == ["依法防控", "对隔离通知可提出异议", "超市照常营业"]
    assert [f"/rights/{code}/" in client.get("/rights/").content.decode() for code in (TOWN, WEST, EAST)] == [True, True, False]
    assert client.get("/rights/404/").status_code == 404


def test_com_06_where_one_place_has_issued_all_its_texts_stand_at_once(field_records: Field, client: Any):
    assert "暂未发布" in client.get("/rights/").content.decode()
    decide(field_records, write(field_records, about="law", words="依法防控"))

    assert shown(client, "/rights/") == ["依法防控"]


def test_what_is_withdrawn_is_gone_from_the_public_page(issued: Field, client: Any):
    issued.later(hours=1)
    decide(issued, {"text": "T-1", "version": 1}, "withdrawn", reason="法规已修订")

    assert "依法防控" not in shown(client, f"/rights/{WEST}/")
