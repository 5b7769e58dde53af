"""What a household or a village sees of its zone without an account: the same lines, and the way to object."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from closeknit.console.forms import Form
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.residents.kinds import FORM, OBJECTION, Visitor, Way, ask_once, asked_first, draw, new_form, say, visitor, way
from closeknit.measures.zones.kinds import Zone, touching
from closeknit.measures.zoning.words import household_lines

OBJECTED = Text(
    "Your objection has arrived. Somebody other than who ordered decides, and you are answered.", "异议已收到，将由其他人员处理并答复您。"
)
NOBODY = Text("No order closes your household in. You are free to go out.", "目前没有针对您家的管控决定，可以正常外出。")


@dataclass(frozen=True)
class Held:
    """A zone as a resident reads it."""

    zone: Zone
    lines: list[Text]

    @property
    def name(self) -> str:
        return str(self.zone.orders[-1].data["name"])

    @property
    def text(self) -> str:
        """The lines to be copied."""
        return "\n".join(str(line) for line in self.lines)


def _held(who: Visitor) -> list[Held]:
    """The zones in force or coming in which the card's household lives; of a poster those of its area."""
    now = clock.now()
    zones, lives = touching(who.area, now)
    there = [zone for zone in zones if zone.state(now) != "over"]
    mine = [zone for zone in there if not who.household or who.household in lives.households[zone.number]]
    return [Held(zone, household_lines(zone, now, who.policy, who.area)) for zone in mine]


def mine(request: Request) -> HttpResponse:
    """The order under which a household is; with a card it may object here."""
    who = visitor(request)
    if who is None:
        return asked_first(request)
    held = _held(who)
    if who.household:
        who.note_reading(request.screen.name, [who.household], what="household", purpose="shown")
    if request.method == "POST" and held and who.household:
        return ask_once(request, who, [OBJECTION], _send(held[0]), OBJECTED, {})
    form = Form([OBJECTION, FORM], None, {"form": new_form()})
    return draw(request, "zoning/mine.html", who, {"held": held, "nobody": NOBODY, "form": form if held and who.household else None})


def _send(held: Held) -> Callable[[Visitor, dict[str, Any]], list[UUID]]:
    def send(visitor: Visitor, values: dict[str, Any]) -> list[UUID]:
        data = {"zone": held.zone.number, "words": values["words"], "way": "helper" if visitor.account else "page"}
        return [say(visitor, "zones.objected", data, form=values["form"])]

    return send


way(
    Way(
        "residents.zone", Text("The order for where I live", "我家的管控通知"), Text("until when, what stays allowed, how to object",
        "截止时间、例外情形、如何提出异议"), lambda who: who.policy.has("zones"),
    )
)  # fmt: skip
