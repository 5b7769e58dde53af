"""The sampler's desk: for a site with a keyboard and a scanner. A person into a tube, count up, seal."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access import trail
from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.campaigns.models import Campaign, Reach
from closeknit.console.page import show
from closeknit.console.records import finding, names
from closeknit.console.records.saving import Entry, save
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.ids import carried_id, uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.queries import standing
from closeknit.measures.sampling.days import CATEGORY
from closeknit.measures.sampling.rules import warnings
from closeknit.measures.testing.kinds import Sampled
from closeknit.measures.tubes.kinds import Tube
from closeknit.policy.packs import Policy, policy
from closeknit.registry.known import canonical
from closeknit.registry.models import Place

SIZES = (1, 5, 10, 20)
WORDS = {
    "already": Text("This person was sampled in this round already.", "此人本轮已采样。"),
    "sealed": Text("This tube is sealed.", "此管已封管。"),
    "full": Text("This tube is full.", "此管已满。"),
    "elsewhere": Text("This tube belongs to another site.", "此管属于其他采样点。"),
    "other_pool": Text("This tube was begun for another pool size.", "此管混采规格不同。"),
    "count": Text("The number differs from the persons in the tube.", "份数与管内登记人数不一致。"),
}
NO_TUBE = Text("Scan or type the number of the tube first.", "请先扫描或填写采样管编号。")
NOBODY = Text("Scan or type who is to be sampled.", "请扫描或填写被采样人。")
BOUND = Text("Sampled: {held} of {pool} in {tube}", "已采：{tube} 管内 {held}／{pool} 份")
SEALED = Text("Sealed: {tube}", "已封管：{tube}")


@dataclass(frozen=True)
class Desk:
    """What stands on the desk: the tube in hand, its people, and the round."""

    place: Place
    pack: Policy
    rounds: list[Campaign]
    round: str
    pool: int
    station: str
    code: str
    tube: Tube | None

    @property
    def held(self) -> int:
        return self.tube.persons if self.tube else 0

    @property
    def sizes(self) -> list[int]:
        return [int(size) for size in self.pack.get("pooling.sizes", SIZES)]

    def url(self, **changes: str) -> str:
        """The desk again, with its tube, round, pool and station kept."""
        kept = {"tube": self.code, "round": self.round, "pool": str(self.pool), "station": self.station, **changes}
        return f"{reverse('sampling.desk', args=[self.place.code])}?{urlencode({name: value for name, value in kept.items() if value})}"


def _desk(request: Request, code: str) -> Desk:
    place = Place.objects.current().filter(code=code, category=CATEGORY).first()
    if place is None:
        raise Http404
    said, pack = request.POST if request.method == "POST" else request.GET, policy(place.area)
    now, area = clock.now(), Area.objects.current().get(code=place.area)
    rounds = [each for each in live.touching("testing.round", area) if each.starts_at <= now < each.ends_at]
    wanted = said.get("round", "")
    chosen = wanted if wanted in {each.code for each in rounds} else rounds[0].code if rounds else ""
    pool = said.get("pool", "")
    size = int(pool) if pool.isdecimal() and int(pool) in SIZES else int(pack.get("pooling.default", 10))
    station = said.get("station", "")
    tube = said.get("tube", "").strip()[:80]
    held = Tube.objects.filter(code=tube).first() if tube else None
    return Desk(place, pack, rounds, chosen, size, station if station.isdecimal() else "", tube, held)


def desk(request: Request, code: str) -> HttpResponse:
    """The desk; every press goes back to it with the tube in hand. What speaks against a press is said once, then pressed again."""
    seen = _desk(request, code)
    if request.method != "POST":
        return _page(request, seen)
    return _seal(request, seen) if request.POST.get("do") == "seal" else _bind(request, seen)


def _bind(request: Request, seen: Desk) -> HttpResponse:
    typed, chosen = request.POST.get("ref_person", "")[:80], request.POST.get("chosen_person", "")[:80]
    asked = finding.Asked("person", True, typed)
    try:
        one = finding.resolve(request.account, "person", typed, chosen)
    except Invalid as invalid:
        offered = finding.found(request.account, "person", typed)
        return _page(request, seen, asked=replace(asked, offered=tuple(offered), error=invalid.text), status=422)
    if one is None or not seen.code:
        return _page(request, seen, asked=replace(asked, error=None if one else NOBODY), trouble="" if seen.code else NO_TUBE, status=422)
    against = _against(seen, one.code)
    if against and request.POST.get("despite") != ",".join(against):
        asked = finding.Asked("person", True, "", one.code, (one,))
        return _page(request, seen, asked=asked, against=against, status=422)
    data: dict[str, Any] = {"tube": seen.code, "pool": seen.pool, "mode": "site", "round": seen.round, "station": int(seen.station or 0)}
    data = {name: value for name, value in data.items() if value}
    entry = Entry(carried_id(request.POST), "testing.sampled", seen.place.area, data, {"person": one.code, "place": seen.place.code})
    try:
        answer = save(request.account, entry)
    except Invalid as invalid:
        return _page(request, seen, asked=asked, trouble=invalid.text, status=422)
    held = Tube.objects.get(code=seen.code).persons
    told(request, answer.id, BOUND.format(tube=seen.code, held=held, pool=seen.pool), seen.url())
    return redirect(seen.url())


def _against(seen: Desk, person: str) -> tuple[str, ...]:
    tube = seen.tube
    meant = canonical("person", [person]).get(person, person)
    already = bool(seen.round) and Reach.objects.filter(campaign=seen.round, code=meant, reached=True).exists()
    return warnings(
        already=already, held=seen.held, pool=seen.pool, sealed=bool(tube and tube.seals),
        elsewhere=bool(tube and tube.samples and (tube.place != seen.place.code or (seen.round and tube.round != seen.round))),
        other_pool=bool(tube and tube.samples and tube.pool != seen.pool),
    )  # fmt: skip


def _seal(request: Request, seen: Desk) -> HttpResponse:
    count = request.POST.get("count", "")
    if not seen.code or not count.isdecimal():
        return _page(request, seen, trouble=NO_TUBE, status=422)
    against = tuple(
        name for name, speaks in (("count", int(count) != seen.held), ("sealed", bool(seen.tube and seen.tube.seals))) if speaks
    )
    if against and request.POST.get("despite") != ",".join(against):
        return _page(request, seen, against=against, sealing=count, status=422)
    data = {"tube": seen.code, "count": int(count)}
    try:
        answer = save(
            request.account, Entry(carried_id(request.POST), "testing.tube_sealed", seen.place.area, data, {"place": seen.place.code})
        )
    except Invalid as invalid:
        return _page(request, seen, trouble=invalid.text, status=422)
    told(request, answer.id, SEALED.format(tube=seen.code), seen.url())
    return redirect(seen.url(tube=""))


def _page(request: Request, seen: Desk, *, asked: finding.Asked | None = None, status: int = 200, **more: Any) -> HttpResponse:
    asked = asked or finding.Asked("person", True)
    inside = standing(Sampled).filter(topic=seen.code).order_by("at", "seq").values_list("person", flat=True) if seen.code else ()
    called = names.persons(inside, full=names.in_full(request.account, "testing.record"))
    offered = [one.code for one in asked.offered]
    trail.read(request.account, request.screen.name, [*inside, *offered], path=request.path)
    against = more.get("against", ())
    context = {
        "seen": seen, "asked": asked, "event": uuid7(), "despite": ",".join(against), "warnings": [WORDS[name] for name in against],
        "people": [called[code].name if code in called else code for code in inside], "trouble": more.get("trouble", ""),
        "sealing": more.get("sealing", ""), "full": seen.held >= seen.pool,
    }  # fmt: skip
    crumbs = [(seen.place.name, reverse("sampling.site", args=[seen.place.code]))]
    heading = Text("Sampler's desk: {site}", "{site} 采样登记台", site=seen.place.name)
    return show(request, "sampling/desk.html", context, heading=heading, crumbs=crumbs, status=status)
