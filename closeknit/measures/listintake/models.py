"""Files that were handed in and not yet taken, and the rows that could not be: no record of the field, and destroyed in time."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import unseal


class Draft(models.Model):
    """A file of list items. `sealed` holds its sheets until its rows are taken; `taken` is how many of `total` rows were."""

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKING = "taking"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid7)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    area = models.CharField(max_length=32)
    file = models.CharField(max_length=150)
    list = models.CharField(max_length=80)
    source = models.CharField(max_length=40)
    deadline = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    mapping = models.JSONField(default=dict)
    taken = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    summary = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)

    class Meta:
        indexes = (models.Index(fields=("area", "at")),)

    def sheets(self) -> Sequence[Any]:
        """The sheets as they were read: name, merged ranges, rows of number and cells; none once its rows were taken."""
        sheets: Sequence[Any] = unseal(self.sealed, about=f"draft|{self.id}").get("sheets", ())
        return sheets


class ParkedRow(models.Model):
    """A row that could not be taken: where it stands, why, and its cells, encrypted. `settled_at`: a corrected file has cured it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    draft = models.UUIDField()
    at = models.DateTimeField()
    area = models.CharField(max_length=32)
    list = models.CharField(max_length=80)
    file = models.CharField(max_length=150)
    sheet = models.CharField(max_length=100, blank=True)
    row = models.IntegerField()
    column = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=20)
    settled_at = models.DateTimeField(null=True)
    raw = models.BinaryField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("draft", "sheet", "row"), name="parked_once"),)
        indexes = (models.Index(fields=("area", "settled_at")),)

    def told(self) -> dict[str, Any]:
        """The row's cells by heading, decrypted: only for screens that write a reading."""
        return unseal(self.raw, about=f"parked|{self.id}")
