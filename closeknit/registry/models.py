"""The register: households, persons, places, members, their other names, and every row that an import ever read."""

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import unseal
from closeknit.kit.versions import Versioned, Versions
from closeknit.registry.large.holds import WordsField


class Import(models.Model):
    """One file that was read: who brought it, when, and the summary that was told."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    what = models.CharField(max_length=10)
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    learned_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    area = models.CharField(max_length=32, blank=True)  # the smallest area around its rows: who sees it sees the rows that nobody can place
    upload = models.UUIDField(null=True)  # None: brought by the command line
    summary = models.JSONField(default=dict)
    left = models.JSONField(default=list)  # households that somebody left, until its end: then those that are empty are retired


class Upload(models.Model):
    """Files that somebody handed in at the console, and how far their reading has come. They lie sealed in the uploads folder."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    area = models.CharField(max_length=32)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    files = models.JSONField(default=list)  # name, bytes, sha256
    summary = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)  # why it could not be read, in both languages
    ended_at = models.DateTimeField(null=True)


class Household(Versioned):
    """A household: where it lies, and where in the walking order of its area."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=80)
    area = models.CharField(max_length=32)
    position = models.IntegerField(default=0)
    personal = models.BinaryField(null=True)  # address, landmark

    class Meta:
        constraints = (models.UniqueConstraint(fields=("code",), condition=models.Q(retired_at__isnull=True), name="household_current"),)
        indexes = (models.Index(fields=("area", "position")), models.Index(fields=("code",)))

    def told(self) -> dict[str, Any]:
        """Address and landmark, decrypted: only for screens that write a reading."""
        return unseal(self.personal, about=f"household|{self.code}")


class Person(Versioned):
    """A person of a roster. `doubt` says why the ID is doubtful; birth date and sex come from a valid ID or a column of their own only."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=80)
    household = models.CharField(max_length=80)
    area = models.CharField(max_length=32)
    sex = models.CharField(max_length=1, blank=True)
    birth_date = models.DateField(null=True)
    doubt = models.CharField(max_length=12, blank=True)
    category = models.CharField(max_length=20, blank=True)
    tags = models.JSONField(default=list)
    personal = models.BinaryField(null=True)  # name, id_no, phone, relation, note
    id_index = models.BinaryField(max_length=16, null=True)
    digest = models.BinaryField(max_length=16)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("code",), condition=models.Q(retired_at__isnull=True), name="person_current"),)
        indexes = (
            models.Index(fields=("household",)),
            models.Index(fields=("area",)),
            models.Index(fields=("code",)),
            models.Index(fields=("id_index",)),
            models.Index(fields=("birth_date",)),
        )

    def told(self) -> dict[str, Any]:
        """Name, ID number, phone, relation and note, decrypted: only for screens that write a reading."""
        return unseal(self.personal, about=f"person|{self.code}")


class SearchWords(models.Model):
    """Blind indexes of the parts of a person's name, ID and phones, in one text: by them somebody is found without a readable name in the
    database."""

    id = models.BigAutoField(primary_key=True)
    person = models.CharField(max_length=80)
    words = WordsField()

    class Meta:
        indexes = (models.Index(fields=("person",), name="registry_searchwords_person"),)


class Alias(models.Model):
    """Another name of a household or person: of a merged row, or of somebody found who proved to be in a roster."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    reference = models.CharField(max_length=10)
    code = models.CharField(max_length=80)
    canonical = models.CharField(max_length=80)
    learned_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    event = models.UUIDField(null=True)  # None: from an import

    class Meta:
        indexes = (models.Index(fields=("code",)), models.Index(fields=("canonical",)))


class Place(Versioned):
    """A place: checkpoint, shop, cold store, site. `chiefs` are [role, member] pairs; `filed_chiefs` are those of the last file, where
    somebody has named others here since."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=80)
    category = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    area = models.CharField(max_length=32)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    chiefs = models.JSONField(default=list)
    filed_chiefs = models.JSONField(null=True)
    notes = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("code",), condition=models.Q(retired_at__isnull=True), name="place_current"),)
        indexes = (models.Index(fields=("area", "category")), models.Index(fields=("code",)))


class Member(Versioned):
    """Somebody who works for the response."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=100)
    unit = models.CharField(max_length=100, blank=True)
    team = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=40, blank=True)
    area = models.CharField(max_length=32)
    personal = models.BinaryField(null=True)  # phone

    class Meta:
        constraints = (models.UniqueConstraint(fields=("code",), condition=models.Q(retired_at__isnull=True), name="member_current"),)

    @property
    def phone(self) -> str:
        """The telephone, decrypted, several joined by `;`: only for screens of those whom the member works for or with."""
        return str(unseal(self.personal, about=f"member|{self.code}").get("phone", ""))


class RosterRow(Versioned):
    """A row of a roster file and what became of it. `row` is numbered as a spreadsheet shows it; `raw` holds its cells, encrypted."""

    class Status(models.TextChoices):
        ACCEPTED = "accepted"
        DOUBTFUL = "doubtful"
        MERGED = "merged"
        PARKED = "parked"

    id = models.UUIDField(primary_key=True, default=uuid7)
    brought_by = models.UUIDField()  # the import
    file = models.CharField(max_length=200)
    sheet = models.CharField(max_length=100, null=True)
    row = models.IntegerField()
    status = models.CharField(max_length=10, choices=Status.choices)
    reason = models.CharField(max_length=20, blank=True)
    column = models.CharField(max_length=60, blank=True)
    person = models.CharField(max_length=80, blank=True)
    household = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=32, blank=True)
    digest = models.BinaryField(max_length=16)  # of the row as the file has it, also where it was mended here
    id_index = models.BinaryField(max_length=16, null=True)
    event = models.UUIDField(null=True)  # the record that mended it here
    left = models.BooleanField(default=False)  # somebody looked, and left the doubt as it is
    raw = models.BinaryField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                models.F("file"), Coalesce("sheet", models.Value("")), models.F("row"),
                condition=models.Q(retired_at__isnull=True), name="row_current",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(fields=("status",)),
            models.Index(fields=("person",)),
            models.Index(fields=("id_index",), condition=models.Q(status="parked"), name="row_parked_id"),
        )

    def told(self) -> dict[str, Any]:
        """The row's cells, decrypted: only for screens that write a reading."""
        return unseal(self.raw, about=f"row|{self.id}")


class Found(models.Model):
    """Projection: a household or person whom no roster holds, as the latest word on them says."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    topic = models.CharField(max_length=120)
    code = models.CharField(max_length=80, unique=True)
    what = models.CharField(max_length=10)
    household = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=32)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    event = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=("area",)), models.Index(fields=("topic",)))


class Heading(models.Model):
    """A column heading that a person mapped to a known field; remembered for the next import."""

    heading = models.CharField(max_length=60, primary_key=True)
    field = models.CharField(max_length=20)
    by = models.CharField(max_length=80)
    learned_at = models.DateTimeField()


__all__ = [
    "Alias", "Found", "Heading", "Household", "Import", "Member", "Person", "Place", "RosterRow", "SearchWords", "Upload", "Versions",
]  # fmt: skip
