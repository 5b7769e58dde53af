"""The catalogue of posts that the pack in force holds, and the skills without which nobody is put on one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.policy.packs import Policy

SKILLED = "deployment.skill_confirmed"


@dataclass(frozen=True)
class Post:
    """A post of the catalogue."""

    code: str
    label: Text
    skills: tuple[str, ...]


def catalogue(pack: Policy) -> dict[str, Post]:
    """The posts by their code, in the pack's order."""
    rows: Mapping[str, Mapping[str, Any]] = pack.get("posts", {})
    return {code: Post(code, Text(row["en"], row["zh"]), tuple(row.get("skills", ()))) for code, row in rows.items()}


def post_of(said: str, pack: Policy) -> Post | None:
    """The post that somebody named, by its code or in words; None where the catalogue does not hold it."""
    plain = said.strip().casefold()
    return next((post for post in catalogue(pack).values() if plain in (post.code, post.label.en.casefold(), post.label.zh)), None)


def post_words(said: str, pack: Policy) -> Text | str:
    """A post as people read it; what the catalogue does not hold stays as it was said."""
    post = post_of(said, pack)
    return post.label if post else said


def post_code(said: str, pack: Policy) -> str:
    """The code of a post, by which records of it belong together; of an unknown one what was said."""
    post = post_of(said, pack)
    return post.code if post else said.strip()


def skill_words(skill: str, pack: Policy) -> Text | str:
    """A skill as people read it."""
    row = pack.get(f"skills.{skill}")
    return Text(row["en"], row["zh"]) if isinstance(row, dict) else skill


def skill_choices(pack: Policy) -> list[tuple[str, Text | str]]:
    """The skills that some post asks for."""
    return [(skill, skill_words(skill, pack)) for skill in pack.get("skills", {})]


def skills_of(workers: Iterable[str]) -> dict[str, list[Event]]:
    """The standing confirmations of these workers' skills; one statement."""
    found: dict[str, list[Event]] = {}
    rows = Event.objects.filter(kind=SKILLED, topic__in=set(workers), superseded_at__isnull=True).defer("personal", "digest")
    for event in rows.order_by("at", "id"):
        found.setdefault(event.topic, []).append(event)
    return found


def lacking(said: str, confirmed: Iterable[Event], pack: Policy, day: date) -> list[str]:
    """The skills that a post asks for and that none of these confirmations holds on that day."""
    post = post_of(said, pack)
    held = {event.data["skill"] for event in confirmed if (event.data.get("until") or "9999")[:10] >= day.isoformat()}
    return [skill for skill in post.skills if skill not in held] if post else []
