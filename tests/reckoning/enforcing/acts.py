"""Findings and acts, reckoned from the records of inspections: what was made, how each stands, what is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from tests.reckoning.book import Asked, Book, Entry, local_time

Key = tuple[str, str, str]  # run, place, and the action or what was found
REPEATS_WITHIN = timedelta(days=365)
OF_ACTS = (*(f"inspections.{name}" for name in ("written", "served", "carried_out", "objection_decided")), "legality.reviewed")
STANDS = ("unwritten", "unserved", "in force", "overdue")


def number(run: str, place: str, action: str) -> str:
    """The number of an act."""
    return sha256(f"{run.strip()}|{place}|{action}".encode()).hexdigest()[:12]


@dataclass
class Act:
    """An action against a place in a run, and what was said of it."""

    run: str
    place: str
    action: str
    told: list[Entry]
    said: list[Entry]


def acts_made(visits: list[Entry]) -> Iterator[tuple[str, str, str]]:
    """Run, place and action of the acts that these inspections made."""
    for each in visits:
        for action in each.data["actions"]:
            if action != "none":
                yield each.data["run"].strip(), each.place, action


def acts_of(book: Book, asked: Asked) -> dict[str, Act]:
    """All acts by their numbers, as far as an inspection tells of them."""
    visits = book.until(asked, "inspections.inspected")
    said = book.until(asked, *OF_ACTS)
    return {
        code: Act(*key, [each for each in visits if key in acts_made([each])], [each for each in said if each.data["act"] == code])
        for key in acts_made(visits)
        if (code := number(*key))
    }


def state_of(book: Book, asked: Asked, act: Act) -> str:
    """How an act stands."""
    made = act.told[0]
    by_kind: dict[str, list[Entry]] = {}
    for each in act.said:
        by_kind.setdefault(each.kind.split(".")[1], []).append(each)
    if any(each.data["outcome"] == "set_aside" for name in ("objection_decided", "reviewed") for each in by_kind.get(name, ())):
        return "set aside"
    lifted = [each for each in book.until(asked, "inspections.lifted") if each.place == act.place and each.data["action"] == act.action]
    if any(each.order > made.order for each in lifted):
        return "lifted"
    if _done(book, asked, act):
        return "done"
    if "written" not in by_kind:
        return "unwritten"
    written = by_kind["written"][-1]
    if "until" in written.data and _end(written.data["until"]) <= asked.end:
        return "over" if act.action in ("close", "seal") else "overdue"
    return "in force" if any(each.order > written.order for each in by_kind.get("served", ())) else "unserved"


def _end(until: str) -> datetime:
    return datetime.fromisoformat(until) if "T" in until else local_time(date.fromisoformat(until) + timedelta(days=1))


def _done(book: Book, asked: Asked, act: Act) -> bool:
    """By what was last said of it: done, closed with nothing left open, or reopened."""
    findings = {key: entries[0] for key, entries in findings_of(book, asked).items() if key[:2] == (act.run, act.place)}
    left = any(is_open(book, asked, key, first) for key, first in findings.items())
    done = False
    for each in book.until(asked, "inspections.carried_out", "inspections.looked_back"):
        words = _plain(each.data.get("finding", ""))
        if each.kind == "inspections.carried_out":
            done = done or each in act.said
        elif act.action == "rectify" and each.place == act.place and each.order > act.told[0].order:
            if each.data["outcome"] == "closed":
                done = done or not left
            elif not words or any(key[2] == words and first.order < each.order for key, first in findings.items()):
                done = False
    return done


def undecided_of(book: Book, asked: Asked) -> list[Entry]:
    """The objections without a decision, where there is an act that they can be about."""
    acts = acts_of(book, asked)
    decided = {each.data["objection"] for each in book.until(asked, "inspections.objection_decided")}
    objections = {book.root(each.id): each for each in book.until(asked, "inspections.objected")}
    return [
        said for code, said in objections.items() if code not in decided and any(
            act.place == said.place
            and (number == said.data.get("act") or (act.told[0].order < said.order and said.data.get("action") in (None, act.action)))
            for number, act in acts.items()
        )
    ]  # fmt: skip


def findings_of(book: Book, asked: Asked) -> dict[Key, list[Entry]]:
    """What each run found at each place, by the inspections that say so."""
    found: dict[Key, list[Entry]] = {}
    for each in book.until(asked, "inspections.inspected"):
        for words in {_plain(text) for text in each.data.get("findings", ())}:
            found.setdefault((each.data["run"].strip(), each.place, words), []).append(each)
    return found


def _plain(words: str) -> str:
    return "".join(words.split())


def is_open(book: Book, asked: Asked, key: Key, found: Entry) -> bool:
    """Whether nobody has closed it since, or it was opened again."""
    looked = [
        each.data["outcome"]
        for each in book.until(asked, "inspections.looked_back")
        if each.place == key[1] and each.order > found.order and _plain(each.data.get("finding", key[2])) == key[2]
    ]
    return not looked or looked[-1] == "reopened"


def found_again(key: Key, entries: list[Entry], other: Key, before: list[Entry]) -> bool:
    """Whether the other one is the same thing at the same place, found before by another run."""
    first, earlier = entries[0], before[0]
    return key[1:] == other[1:] and key[0] != other[0] and earlier.order < first.order and first.when - earlier.when <= REPEATS_WITHIN
