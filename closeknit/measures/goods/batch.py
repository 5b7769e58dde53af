"""One batch: its certificates, what is missing, what was decided, and all that was said of it."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Facts, Notice
from closeknit.console.records import links
from closeknit.console.records.saving import Entry, guard
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import TOTAL_ORDER, Event
from closeknit.measures.goods.kinds import Outcome
from closeknit.measures.goods.models import Batch
from closeknit.measures.goods.projections import Batches
from closeknit.measures.goods.standing import LABELS, badge, lacks, lacks_words
from closeknit.policy.packs import policy
from closeknit.registry.models import Place

THERE, MISSING = Badge(Text("shown", "已核验"), "good"), Badge(Text("missing", "缺少"), "bad")
NOT_NEEDED = Badge(Text("not asked for", "无需提供"), "quiet")
LACKS = Text(
    "These certificates are missing: {words}. Record them first, or hold the batch with a reason.",
    "缺少：{words}。请先补交证明，或写明原因暂扣。",
)
NEVER_CAME = Text("No batch of this number has come to this store. Record its arrival first.", "该库没有此批次，请先登记到货。")
TAKEN = Text("This batch is recorded at this store already. Put that record right instead.", "该库已登记此批次，请在原记录上更正。")


def sound(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where a batch that lacks a certificate is released, where it never came, and where it came already."""
    row = Batch.objects.filter(place=entry.references.get("place", ""), topic=str(entry.data.get("batch", ""))).first()
    if entry.kind == "coldchain.batch_arrived":
        if row is not None and entry.corrects is None:
            raise Invalid("data.batch", "taken", TAKEN)
        return
    if row is None:
        raise Invalid("data.batch", "unknown", NEVER_CAME)
    missing = lacks_words(row, policy(row.area))
    if missing and entry.data.get("outcome") == Outcome.RELEASED:
        raise Invalid("data.outcome", "lacking", LACKS.format(words=missing))


for kind in Batches.kind_names():
    guard(kind, sound)


def batch(request: Request, batch: str, code: str) -> HttpResponse:
    """One batch; the buttons of what comes next for those who record."""
    row = Batch.objects.filter(place=code, topic=batch).first()
    if row is None:
        raise Http404
    pack, place = policy(row.area), Place.objects.current().get(code=code)
    missing = lacks(row, pack)
    notices = [Notice(LACKS.format(words=lacks_words(row, pack)), "bad")] if missing else []
    events = list(Event.objects.filter(kind__in=Batches.kind_names(), place=code, topic=batch).order_by(*TOTAL_ORDER))
    said = zip(sentences(events, dated=True), (links.to("register.event", event=str(event.id)) for event in events), strict=True)
    papers = [(label, THERE if getattr(row, name) else MISSING if name in missing else NOT_NEEDED) for name, label in LABELS.items()]
    facts = Facts(
        [
            (Text("State", "状态"), badge(row, pack)), (Text("Reason", "原因"), row.reason), *papers, (Text("Goods", "货物"), row.goods),
            (Text("Imported", "进口"), row.imported), (Text("Origin", "产地"), row.origin),
            (Text("Weight (kg)", "重量（千克）"), row.quantity_kg), (Text("Arrived", "到库时间"), row.arrived_at),
            (Text("Store", "冷库"), place.name),
        ]
    )  # fmt: skip
    area = Area.objects.current().get(code=place.area)
    crumbs = [(area.name, links.to("goods.batches", area=area.code)), (place.name, links.to("stores.store", code=code))]
    heading = Text("Batch {batch}", "批次 {batch}", batch=batch)
    context = {"facts": facts, "notices": notices, "said": list(said)}
    return show(request, "goods/batch.html", context, heading=heading, crumbs=crumbs, actions=_actions(request, row, missing))


def _actions(request: Request, row: Batch, missing: list[str]) -> list[Action]:
    if not can(request.account, "coldchain.record"):
        return []
    kept = {"place": row.place, "area": row.area, "batch": row.topic, "next": request.path}

    def way(kind: str, **said: str) -> str:
        return f"{links.to('records.record', kind=kind)}?{urlencode({**kept, **said})}"

    made = []
    if missing:
        url = way("coldchain.certificate_shown", certificate=missing[0])
        made.append(Action(Text("Certificate shown", "补交证明"), url, "file-text", primary=True))
    elif row.outcome != "released":
        made.append(Action(Text("Release", "放行"), way("coldchain.batch_decided", outcome="released"), "circle-check", primary=True))
    if row.outcome != "held":
        made.append(Action(Text("Hold", "暂扣"), way("coldchain.batch_decided", outcome="held"), "ban"))
    return made
