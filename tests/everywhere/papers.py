"""A sheet of paper in the small county, for tests."""

from datetime import timedelta, timezone
from typing import Any
from uuid import uuid4

from closeknit.kit import clock
from closeknit.ledger.kinds import kinds
from closeknit.measures.cards.actions import issue
from closeknit.paper import printing, scans
from closeknit.paper.cards.issuing import put_up
from closeknit.paper.models import Sheet
from tests.town import WEST

CHINA = timezone(timedelta(hours=8))
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8ffff3f0005fe02fea72d2d540000000049454e44ae426082"
)


class Picture:
    """A small photograph as a browser hands it in."""

    size = len(PNG)

    def read(self) -> bytes:
        """Its bytes."""
        return PNG


def a_home_card() -> dict[str, Any]:
    """A card of the western household H1, and a poster of its village."""
    card, poster = issue([("H1", WEST)], by="ben")[0], put_up(WEST, place="", by="ben")
    return {"home_card": card.pk, "poster": poster.pk}


def a_sheet(kind: str = "workforce.signed_in") -> dict[str, Any]:
    """A printed sheet of the western village with a scan: everybody who sees sheets may see who signed in."""
    day = clock.now().astimezone(CHINA).date()
    (sheet,) = printing.make(printing.Order(uuid4(), kinds()[kind], WEST, day, about="member"), by="ben")
    return {"sheet": sheet.code, "scan": scans.keep(sheet, Picture(), by="ben").pk}


def printed(client: Any, kind: str, **form: str) -> Sheet:
    """A sheet made by the form, the first of its run."""
    run = str(uuid4())
    answer = client.post(f"/sheets/print/?kind={kind}", {"run": run, "blank": "1", "day": "2022-03-18", **form})
    assert answer.status_code == 302, answer.content.decode()
    return Sheet.objects.get(run=run, number=1)
