"""The first busy hour after a change of rules: a design that asks the centre at every door, beside ours, on servers of the same size.

closeknit bench first-hour [--quick] [--json]

A simulation in steps of a second, no measurement. Both servers hold 1.2 times the highest load of an ordinary day; from 08:00 to 09:00 ten
times that load comes (Xi'an, 20 December 2021: load per second more than ten times the earlier peak; Guangdong, 10 January 2022: 85 minutes
until all was well). In the central design somebody at a door waits ten seconds for an answer, then tries again; the server works off what
waits, also for those who have given up; after twenty minutes one is let through by hand or goes home. In ours the phone decides by what
it holds and pushes the record in the next minutes; who is answered 503 waits as long as the server says.

Peer: a centre that turns attempts away early (a line of 5 s). One with a line of 30 s answers hardly anybody in time, and does not get
well by itself.
"""

import sys
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.ground.line import command, tell

HOUR_S = 3600
GOAL = 5.0
LONG_LINE_S, SHORT_LINE_S = 30.0, 5.0


@dataclass(frozen=True)
class Surge:
    """People a second at the doors: as on every day, then `times` as many for an hour, then as on every day again."""

    usual: float = 300.0
    times: float = 10.0
    room: float = 1.2  # what the servers hold, of the usual load
    patience_s: int = 10
    leaves_s: int = 1200
    ends_s: int = 48 * HOUR_S
    night: float = 0.2  # of the usual load, from 20:00 to 07:00

    def at(self, second: int) -> float:
        """How many come to a door in this second; it begins at 07:00."""
        hour = (7 + second / HOUR_S) % 24
        by_day = 1.0 if 7 <= hour < 20 else self.night
        return self.usual * (self.times if HOUR_S <= second < 2 * HOUR_S else by_day)


@dataclass
class Outcome:
    """in_time: the share of people at doors during the hour who had an answer within their patience; well_after_min: minutes from the
    beginning of the hour until hardly anybody waits, None where that does not come by itself; most_waiting: the longest queue."""

    in_time: float
    well_after_min: int | None
    most_waiting: int


def central(surge: Surge, *, line_s: float) -> Outcome:
    """Every door asks the centre. Attempts wait in line, at most so many seconds of work, whoever finds it full is turned away; those whose
    people gave up are answered too, and to nobody."""
    line: deque[tuple[int, float]] = deque()  # when they asked, how many
    again: dict[int, list[list[float]]] = defaultdict(list)  # by when they ask again: how many, since when they stand there
    came, served, waiting, most, well = 0.0, 0.0, 0.0, 0.0, 0
    for second in range(surge.ends_s):
        fresh, in_the_hour = surge.at(second), HOUR_S <= second < 2 * HOUR_S
        came += fresh if in_the_hour else 0
        back = again.pop(second, [])
        asking = [[fresh, second], *([number, since] for number, since in back if number and second - since < surge.leaves_s)]
        asks = sum(number for number, _ in asking)
        waiting += asks - sum(number for number, _ in back)
        free = surge.usual * surge.room * line_s - sum(number for _, number in line)
        line.append((second, max(0.0, min(free, asks))))
        again[second + surge.patience_s] = asking
        done = _answer(line, again, second, surge)
        served += done if in_the_hour else 0
        waiting -= done
        most = max(most, waiting)
        if waiting > surge.usual * surge.patience_s:
            well = second
    return Outcome(served / came, _minutes(well, surge), round(most))


def _minutes(well: int, surge: Surge) -> int | None:
    return None if well > surge.ends_s - HOUR_S else max(0, (well - HOUR_S) // 60 + 1)


def _answer(line: deque[tuple[int, float]], again: Mapping[int, list[list[float]]], second: int, surge: Surge) -> float:
    """Works off a second's worth of the line, oldest first; how many of them still stood there."""
    capacity, useful = surge.usual * surge.room, 0.0
    while line and capacity > 0:
        asked, number = line.popleft()
        done = min(number, capacity)
        capacity -= done
        if done < number:
            line.appendleft((asked, number - done))
        if second - asked < surge.patience_s:
            useful += done
            _leave(again[asked + surge.patience_s], done)
    return useful


def _leave(asking: list[list[float]], number: float) -> None:
    """So many of them have their answer and stand there no more."""
    for each in asking:
        gone = min(number, each[0])
        each[0] -= gone
        number -= gone


def ours(surge: Surge) -> Outcome:
    """The phone decides; its record waits on it until the server takes it."""
    waiting, most, well = 0.0, 0.0, 0
    for second in range(surge.ends_s):
        waiting = max(0.0, waiting + surge.at(second) - surge.usual * surge.room)
        most = max(most, waiting)
        if waiting:
            well = second
    return Outcome(1.0, _minutes(well, surge), round(most))


def main() -> None:
    """Runs both and prints one line."""
    options = command(__doc__).parse_args()
    surge = Surge(ends_s=(6 if options.quick else 48) * HOUR_S)
    long_line, theirs, mine = central(surge, line_s=LONG_LINE_S), central(surge, line_s=SHORT_LINE_S), ours(surge)
    told = {
        "name": "first-hour", "value": round(mine.in_time, 3), "peer": round(theirs.in_time, 3),
        "ratio": round(mine.in_time / max(theirs.in_time, 1e-3), 1), "goal": GOAL,
        "peer_long_line": round(long_line.in_time, 3), "minutes_until_all_is_in": mine.well_after_min,
        "peer_minutes_until_well": theirs.well_after_min, "peer_long_line_minutes_until_well": long_line.well_after_min,
        "most_records_on_phones": mine.most_waiting, "peer_most_people_waiting": theirs.most_waiting,
        "sizes": {"usual_a_second": surge.usual, "times": surge.times, "room": surge.room, "patience_s": surge.patience_s},
    }  # fmt: skip
    tell(told, as_json=options.json)


if __name__ == "__main__":
    main()
