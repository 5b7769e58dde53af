"""Every column of every table is classed: encrypted, personal for a reason, health, secret or open words. An unclassed one fails."""

from django.apps import apps
from django.db import models

OURS = "closeknit."
ENCRYPTED = {
    "ledger.Event.personal", "ledger.Refusal.body", "registry.Household.personal", "registry.Member.personal", "registry.Person.personal",
    "listintake.Draft.sealed", "listintake.ParkedRow.raw",
    "registry.RosterRow.raw", "reports.Sealed.personal",
    "sync.Letter.sealed", "upward.Form.content", "channels.Channel.sealed", "upward.Marking.sealed",
}  # fmt: skip
# Readable, though they are about a person: each with the reason.
PERSONAL = {
    "registry.Person.birth_date": "rules of age are set queries (a sweep of children of 6 to 59 months)",
    "registry.Person.sex": "counts by sex",
    "registry.Person.tags": "who needs help is a set query",
    "registry.Person.category": "registered, non-local, passing: counts",
    "lists.Item.candidates": "who is to be compared: codes, no names",
    "registry.Member.name": "workers are named on every screen of their work",
    "registry.Member.unit": "as above",
    "registry.Member.team": "as above",
    "sync.Card.name": "as above: the card says whose it is",
    "access.Account.name": "who is signed in",
    "access.Account.username": "who is signed in",
    "access.Account.last_login": "sessions",
    "access.Reading.account": "who read",
    "access.Reading.codes": "whom: codes, no names",
    "access.Reading.purpose": "why",
}
HEALTH = {"ledger.Event.data": "open and health fields of a kind; its class stands at the kind's field"}
SECRET = {
    "access.Account.password",
    "sync.Device.token_digest",
    "sync.Invitation.code_digest",
    "sync.Invitation.token_digest",
    "paper.ResidentCard.code_digest",
}
BLIND = {
    "channels.Channel.robot",
    "ledger.Event.digest",
    "ledger.Refusal.digest",
    "lists.Item.id_index",
    "lists.Item.like_index",
    "paper.ResultTries.name_index",
    "registry.Person.digest",
    "registry.Person.id_index",
    "registry.RosterRow.digest",
    "registry.RosterRow.id_index",
    "registry.SearchWords.words",
    "sync.Letter.digest",
}
# What a free text or a JSON column may hold is easily forgotten: each open one is named.
OPEN_WORDS = {
    "tubes.Tube.code", "tubes.Passage.tube", "shifts.Shift.post",
    "listintake.Draft.file", "listintake.Draft.mapping", "listintake.Draft.summary", "listintake.ParkedRow.file",
    "listintake.ParkedRow.sheet",
    "campaigns.Group.label", "campaigns.Group.label_en",
    "campaigns.Campaign.name", "campaigns.Campaign.targets", "campaigns.Campaign.excused", "campaigns.Reach.data",
    "ledger.Destruction.kinds", "policy.Pack.values", "registry.Import.file", "registry.Import.left", "registry.Import.summary",
    "registry.Place.name", "registry.Place.chiefs", "registry.Place.notes",
    "registry.RosterRow.file", "registry.RosterRow.sheet", "registry.RosterRow.column",
    "registry.Heading.heading", "reports.Duty.units", "reports.Sealed.content", "supervision.Problem.title", "supervision.Problem.unit",
    "registry.Place.filed_chiefs", "goods.Batch.goods", "goods.Batch.origin", "goods.Batch.reason",
    "areas.Area.name", "access.SavedFilter.name", "access.SavedFilter.query", "ledger.Count.name", "policy.Pack.name",
    "registry.Upload.files", "registry.Upload.problem", "registry.Upload.summary",
    "sync.Device.revoked_why", "upward.Form.name", "upward.Form.file", "channels.Channel.name", "channels.Channel.purposes",
    "channels.Channel.automatic", "channels.Message.text", "channels.Message.values", "sync.Letter.reason",
}  # fmt: skip
WORDS_FROM = 90  # a text column this long may hold a sentence


def columns() -> dict[str, models.Field]:
    return {
        f"{model._meta.app_label}.{model.__name__}.{field.name}": field
        for model in apps.get_models()
        if model.__module__.startswith(OURS)
        for field in model._meta.concrete_fields
    }


def unclassed(found: dict[str, models.Field]) -> list[str]:
    """The columns that could hold something about a person and that nobody classed."""
    classed = ENCRYPTED | PERSONAL.keys() | HEALTH.keys() | SECRET | BLIND | OPEN_WORDS
    return sorted(name for name, field in found.items() if name not in classed and could_hold_a_person(field))


def could_hold_a_person(field: models.Field) -> bool:
    """Codes, numbers, times and flags are open; whatever can hold words, bytes or a structure must be looked at."""
    if isinstance(field, models.TextField | models.JSONField | models.BinaryField):
        return True
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return field.name not in {"first_day", "last_day", "day"}
    named = field.name in {"name", "phone", "address"}
    return isinstance(field, models.CharField) and (named or (field.max_length or 0) >= WORDS_FROM)


CODES = {"topic", "event_id", "waits_for", "path", "summary_file"}


def test_every_column_is_classed():
    assert [name for name in unclassed(columns()) if name.split(".")[-1] not in CODES] == []


def test_no_class_names_a_column_that_is_gone():
    assert sorted((ENCRYPTED | PERSONAL.keys() | HEALTH.keys() | SECRET | BLIND | OPEN_WORDS) - columns().keys()) == []


def test_an_unclassed_column_is_noticed():
    assert unclassed({"x.Y.remarks": models.TextField(name="remarks")}) == ["x.Y.remarks"]


def test_what_is_encrypted_is_stored_as_bytes():
    found = columns()

    assert {name for name in ENCRYPTED if not isinstance(found[name], models.BinaryField)} == set()
