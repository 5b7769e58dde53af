"""What the problem list tells the board."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from closeknit.areas.models import Area
from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Glance, Look, Rule, Watched, glance, watch
from closeknit.measures.supervision.kinds import problems_of
from closeknit.measures.supervision.models import Problem
from closeknit.measures.supervision.rules import due, is_overdue

REOPENED = Text("reopened", "重新整改")


@dataclass(frozen=True)
class Standing:
    """A problem as known at the moment of the board, with the time by which it is due."""

    problem: Problem
    due_by: datetime
    overdue: bool


def problems(look: Look) -> list[Standing]:
    """The problems found in the area that are not closed: from the projection, as at an earlier time from the records."""
    return look.once("problems", lambda: [_standing(look, each) for each in _rows(look) if each.state != "closed"])  # type: ignore[no-any-return]


def _rows(look: Look) -> list[Problem]:
    return look.once("rows of problems", lambda: _found(look))  # type: ignore[no-any-return]


def _found(look: Look) -> list[Problem]:
    below = Area.objects.below(look.area.code).values("code")
    if look.as_of is None:
        return list(Problem.objects.filter(Q(after_closing=True) | ~Q(state="closed"), area__in=below, found_at__lt=look.now))
    return [Problem(**row) for row in problems_of(look.area.code, look.now, look.as_of)]


def _standing(look: Look, problem: Problem) -> Standing:
    by = due(problem.due_at, problem.found_at, int(look.policy.get("supervision.overdue_default_days")), look.policy.timezone)
    return Standing(problem, by, is_overdue(problem.state, by, look.now))


@watch(
    Rule(
        "supervision.overdue", 160, "watch", "supervision.view",
        Text("Problems overdue or reopened: {n}", "{n} 个问题逾期或重新整改"),
        Text("Follow up", "去督办"),
        Text("Found and handed over, not put right in time.", "已交办，未按期整改。"),
    )
)  # fmt: skip
def overdue(look: Look) -> Watched:
    """Problems past their time, and those that a second look has opened again."""
    late = [each for each in problems(look) if each.overdue or each.problem.state == "reopened"]
    late.sort(key=lambda each: (min(each.due_by, each.problem.changed_at), each.problem.topic))
    cases = [_case(each) for each in late]
    return Watched(cases, f"{links.to('supervision.problems', area=look.area.code)}?state=late")


def _case(each: Standing) -> Case:
    problem = each.problem
    reopened = problem.state == "reopened"
    return Case(
        problem.title[:60],
        problem.unit if problem.unit.isdigit() else problem.area,
        problem.changed_at if reopened else each.due_by,
        member=problem.owner,
        url=links.to("supervision.problem", code=problem.topic),
        note=REOPENED if reopened else "",
    )


@watch(
    Rule(
        "supervision.after_closing", 162, "watch", "supervision.view",
        Text("Problems that went on after they were closed: {n}", "{n} 个问题销号后又有登记"),
        Text("Look", "去核对"),
        Text("Closed, then looked back or put right once more: withdraw that record, or go on with the problem.",
             "已销号又登记回头看或整改：多登的请作废，确有问题的继续整改。"),
    )
)  # fmt: skip
def after_closing(look: Look) -> Watched:
    """Problems whose last record contradicts that they were closed."""
    odd = [each for each in _rows(look) if each.after_closing]
    cases = [Case(each.title[:60], each.area, each.changed_at, url=links.to("supervision.problem", code=each.topic)) for each in odd]
    return Watched(cases, f"{links.to('supervision.problems', area=look.area.code)}?state=after_closing")


@glance(50, "supervision.view")
def listed(look: Look) -> Glance | None:
    """How many problems stand where."""
    every = problems(look)
    url = links.to("supervision.problems", area=look.area.code)
    states = {state: sum(1 for each in every if each.problem.state == state) for state in ("found", "handed_over", "rectified", "reopened")}
    words = {
        "found": Text("To hand over", "待交办"), "handed_over": Text("To put right", "待整改"),
        "rectified": Text("To look back", "待回头看"), "reopened": Text("Reopened", "重新整改"),
    }  # fmt: skip
    late = sum(1 for each in every if each.overdue)
    tiles = [Tile(late, Text("Overdue", "逾期"), f"{url}?state=late", tone="bad" if late else "good")]
    tiles += [Tile(states[state], word, f"{url}?state={state}") for state, word in words.items()]
    return Glance(Text("Problems", "督查整改"), tiles, url=url) if every else None
