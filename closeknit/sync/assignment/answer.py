"""The answer to a pull: parts that the phone has not, what it shall forget, what is known of the targets, how far its records came."""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec
from django.db import transaction

from closeknit.access import trail
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.queries import last_arrival
from closeknit.ledger.wire import BadPush
from closeknit.sync.assignment import small_parts, tasks
from closeknit.sync.assignment.assigned import Assigned
from closeknit.sync.assignment.reach import reach
from closeknit.sync.assignment.register import Rows, register
from closeknit.sync.assignment.shapes import shapes
from closeknit.sync.assignment.wording import base64url, moment
from closeknit.sync.enrolment.contact import known_device, note_contact, worker_of
from closeknit.sync.standing import keep, standing_of

DIGEST_BYTES = 12
NOT_A_PULL = Text("A pull is one JSON object with the worker's card. Update the app.", "拉取请求应为包含工作卡的 JSON 对象。请更新应用。")
SMALL = {
    "worker": small_parts.worker,
    "areas": small_parts.areas,
    "pack": small_parts.pack,
    "shapes": shapes,
    "campaigns": small_parts.campaigns,
    "places": small_parts.places,
}


class Asked(msgspec.Struct):
    """What a phone says when it asks: whose card, the digests of what it has, up to which arrival it knows, and how it is."""

    card: str
    have: dict[str, str] = {}
    arrival: int | None = None
    state: dict[str, Any] = {}


def pull(body: bytes, *, device: str, token: str) -> dict[str, Any]:
    """The answer, its parts encoded already. Whoever is named in a part that is given is written into the trail before.

    Raises `BadPush`: 400 for what is no pull, 401 and 410 for the device, 403 for the card.
    """
    known = known_device(device, token)
    asked, now = _asked(body), clock.now()
    arrival = last_arrival()  # before all else: what comes in meanwhile is told twice rather than not at all
    with transaction.atomic():
        note_contact(known, asked.state, now)
    assigned = Assigned(device, worker_of(known, asked.card), now)
    people = register(assigned) if assigned.knows_people else {}
    work = tasks.parts(assigned, people)
    encoded = _encoded(assigned, people, work)
    given = {name: digest for name, (digest, _) in encoded.items() if asked.have.get(name) != digest}
    gone = sorted(asked.have.keys() - encoded.keys())
    told = reach(assigned, arrival=asked.arrival, afresh=bool({*given, *gone} - tasks.works()))
    standing = standing_of(device, known.held_to)
    with transaction.atomic():
        keep(known, standing)
        _trail(assigned, people, work, given)
    return {
        "now": moment(now), "held_to": standing.held_to, "missing": list(standing.missing), "arrival": arrival,
        "parts": {name: {"digest": digest, "content": encoded[name][1]} for name, digest in given.items()}, "gone": gone, "reach": told,
    }  # fmt: skip


def _asked(body: bytes) -> Asked:
    try:
        return msgspec.json.decode(body, type=Asked)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadPush("pull", NOT_A_PULL) from error


def _encoded(assigned: Assigned, people: Mapping[str, Rows], work: Mapping[str, tasks.Part]) -> dict[str, tuple[str, msgspec.Raw]]:
    """Each part's digest and content, by name."""
    contents = {name: part(assigned) for name, part in SMALL.items()}
    contents |= {_name(area): people[area].plain() for area in sorted(people)}
    contents |= {name: part.content for name, part in work.items()}
    raw = {name: msgspec.json.encode(content) for name, content in contents.items()}
    return {name: (base64url(hashlib.sha256(each).digest()[:DIGEST_BYTES]), msgspec.Raw(each)) for name, each in raw.items()}


def _name(area: str) -> str:
    return f"register:{area}"


def _trail(assigned: Assigned, people: Mapping[str, Rows], work: Mapping[str, tasks.Part], given: Mapping[str, str]) -> None:
    """One reading of all who are named in what is given, by the register or by a task."""
    codes = [code for area, rows in people.items() if _name(area) in given for code in rows.codes()]
    codes += [code for name, part in work.items() if name in given for code in part.codes]
    trail.read_by_member(assigned.bearer.member, "field.pull", codes, what="register", path="/api/v1/pull")
