"""What tubes tell the board: those that do not reconcile."""

from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.tubes.kinds import MATTERS, matters, numbered, within


@watch(
    Rule(
        "testing.unreconciled", 240, "watch", "laboratory.view",
        Text("Tubes that do not reconcile: {n}", "{n} 项采样管账实不符"),
        Text("Clear them", "去核销"),
        Text("A result may be missing, or belong to somebody else.", "可能漏出结果，或结果张冠李戴。"),
    )
)  # fmt: skip
def unreconciled(look: Look) -> Watched:
    """What nobody has cleared yet, by what the matter is; only as things stand now."""
    url = links.to("reconciling.list", area=look.area.code)
    found = [] if look.as_of else matters(within(look.area.code).filter(moved_at__lt=look.now), look.policy, look.now)
    cases = [
        Case(MATTERS[name], area, since, number, url=f"{url}?matter={name}" if url else "")
        for name, number, area, since in (numbered(found) if found else ())
    ]
    return Watched(sorted(cases, key=lambda case: -case.number), url)
