"""Its part of the daily report."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Q

from closeknit.kit.text import Text
from closeknit.measures.coldchain.kinds import ColdVehicleChecked
from closeknit.measures.coldposts.standing import Rota, rota
from closeknit.registry.models import Place
from closeknit.reports.figures import CodeRows, EventRows, Figure, Question, Section, section


def last_day(question: Question) -> date:
    """The local day in which the last moment before the window's end lies."""
    return (question.end - timedelta(microseconds=1)).astimezone(question.policy.timezone).date()


def _posts(pick: Callable[[Rota, date], list[Place]]) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        day = last_day(question)
        kept = question.once("rota", lambda: rota(question.area, [day], question.end, question.as_of))
        return CodeRows("place", sorted(post.code for post in pick(kept, day)))

    return rows


def _uncertified(question: Question) -> EventRows:
    """Of a field that was left out the database knows nothing: what is not true counts."""
    checks = question.events(ColdVehicleChecked)
    return EventRows(checks.filter(Q(data__certificate=False) | Q(data__certificate__isnull=True)))


SECTION = section(
    Section(
        "coldposts",
        Text("Cold-chain posts", "冷链查验点"),
        (
            Figure("coldchain.posts", Text("Posts", "查验点"), _posts(lambda kept, day: kept.posts), state=True),
            Figure(
                "coldchain.posts_without_officer", Text("Without an officer", "无人值班查验点"),
                _posts(lambda kept, day: kept.without(day)), state=True,
            ),
            Figure("coldchain.vehicles_uncertified", Text("Vehicles without certificates", "证明不全车辆"), _uncertified, whereabouts=True),
        ),
        order=58,
        feature="coldchain",
    )
)  # fmt: skip
