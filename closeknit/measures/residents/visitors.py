"""Who stands before the residents' pages: somebody with a card, somebody at a poster, or a worker who does it for a household."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse

from closeknit.access import trail
from closeknit.access.models import Account
from closeknit.access.scope import can, in_scope
from closeknit.areas.models import Area
from closeknit.console.records.saving import author
from closeknit.paper.models import ResidentCard
from closeknit.policy.packs import Policy, policy
from closeknit.registry.known import canonical
from closeknit.registry.reading.names import area_of_household

DEVICE = "resident:"  # before the number of the card or poster with which somebody recorded by themselves
HELPED = "helper:"  # before the user name of who recorded for a resident
COOKIE, SALT, PATH = "closeknit_resident", "residents", "/r/"
HELPER = "registry.record"


@dataclass(frozen=True)
class Visitor:
    """`device` and `member` stand with what they say. household: empty at a poster. account: of the worker who does it for them."""

    device: str
    member: str
    area: str
    number: str
    household: str = ""
    place: str = ""
    entrance: str = ""
    account: Account | None = None

    @property
    def policy(self) -> Policy:
        """The pack in force where they live."""
        return policy(self.area)

    @property
    def area_name(self) -> str:
        """The village or grid."""
        return Area.objects.names([self.area]).get(self.area, "")

    def note_reading(self, screen: str, codes: list[str], *, what: str = "person", purpose: str) -> None:
        """Writes down who was shown, or asked for, before the page leaves."""
        if self.account is not None:
            trail.read(self.account, screen, codes, what=what, purpose=purpose)
        else:
            trail.read_by_card(self.number, screen, codes, what=what, purpose=purpose)


def visitor(request: HttpRequest) -> Visitor | None:
    """Who the signed cookie says it is, as far as that still holds: a card that stands, a worker who may."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=60 * int(policy().get("residents.open_min")))
    except signing.BadSignature:
        return None
    return _helper(request, str(told["household"])) if "household" in told else _bearer(UUID(told["card"]))


def _bearer(number: UUID) -> Visitor | None:
    card = ResidentCard.objects.filter(pk=number, revoked_at=None).first()
    if card is None:
        return None
    household = canonical("household", [card.household]).get(card.household, card.household) if card.household else ""
    area = area_of_household(household) if household else ""
    device = f"{DEVICE}{card.number}"
    return Visitor(device, device, area or card.area, card.number, household, card.place, card.entrance)


def _helper(request: HttpRequest, household: str) -> Visitor | None:
    account, area = request.user, area_of_household(household)
    if not isinstance(account, Account) or not area or not can(account, HELPER) or not in_scope(account, area):
        return None
    return Visitor(f"{HELPED}{account.username}", author(account), area, "", household, account=account)


def let_in(request: HttpRequest, response: HttpResponse, **told: Any) -> None:
    """The code is exchanged for a cookie of the residents' pages alone."""
    value = signing.dumps(told, salt=SALT)
    response.set_cookie(COOKIE, value, path=PATH, samesite="Lax", httponly=True, secure=request.is_secure())
    response.headers["Referrer-Policy"] = "no-referrer"


def let_out(response: HttpResponse) -> None:
    """Whoever takes the phone next begins without a card."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
