"""What the tests of enrolment share."""

from typing import Any

import pytest

from closeknit.registry.models import Member
from closeknit.sync.enrolment.cards import card_of
from closeknit.sync.enrolment.inviting import invite
from closeknit.sync.enrolment.tests.phone import Phone
from tests.town import WEST, build


@pytest.fixture
def code(transactional_db: None, tmp_path: Any) -> str:
    """A code for a phone of the worker W1 in the western village."""
    build(tmp_path)
    return new_code()


def new_code(member: str = "W1", area: str = WEST) -> str:
    """One more code."""
    return invite(card_of(Member.objects.current().get(code=member), by="ben"), area=area, by="ben")[1]


@pytest.fixture
def phone(code: str) -> Phone:
    """An enrolled phone of W1."""
    one = Phone()
    assert one.enrol(code).status == 200
    return one
