"""What sampling sites tell the board: those that were open on an earlier day and were never closed as they should be."""

from datetime import timedelta

from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.sampling.days import OWED, sites, worked

DAYS = 3  # so far back


@watch(
    Rule(
        "sampling.owed", 310, "watch", "testing.view",
        Text("Sampling sites that owe something: {n}", "{n} 个采样点有欠项"),
        Text("See the sites", "查看采样点"),
        Text("Closed without disinfection, waste without a named carrier, or not closed at all.", "未收点、未消杀，或医废无转运人。"),
    )
)  # fmt: skip
def owed(look: Look) -> Watched:
    """Sites that owe their closing, disinfection or a carrier's name; only as things stand now."""
    places = [] if look.as_of else sites(look.area.code)
    cases = []
    for back in range(DAYS if places else 0):
        start = look.midnight - timedelta(days=back)
        for day in worked(places, start, look.now):
            if day.owed:
                url = links.to("sampling.site", code=day.place.code)
                word = OWED[day.owed[0]]
                cases.append(Case(day.place.name, day.place.area, start, url=f"{url}?day={start.date()}" if url else "", note=word))
    return Watched(
        sorted(cases, key=lambda case: (case.since or look.now, str(case.name))), links.to("sampling.sites", area=look.area.code)
    )
