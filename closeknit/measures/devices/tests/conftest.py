"""What the tests of phones share."""

from collections.abc import Callable
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.sync.enrolment.tests.phone import Phone
from closeknit.sync.models import Device, digest
from tests.town import WEST

Enrolled = Callable[..., Phone]


@pytest.fixture
def enrolled(town: None) -> Enrolled:
    """Makes enrolled phones: `enrolled("D-22222", unsent=3)`."""

    def make(code: str = "D-22222", **columns: Any) -> Phone:
        phone = Phone(device=code)
        given = {"area": WEST, "member": "W1", "enrolled_at": clock.now(), "enrolled_by": "ben", **columns}
        Device.objects.create(code=code, token_digest=digest(phone.token), **given)
        return phone

    return make
