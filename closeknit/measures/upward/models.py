"""Forms of upper levels and what each of their cells holds: a catalogue, sealed, for a form may name somebody."""

from typing import Any

from django.db import models

from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import unseal
from closeknit.reports.forms import books
from closeknit.reports.forms.marks import Mark, from_plain


class Form(models.Model):
    """A spreadsheet that an upper level demands; its file is the latest that was brought."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    area = models.CharField(max_length=32)
    name = models.CharField(max_length=100)
    file = models.CharField(max_length=150)
    content = models.BinaryField()
    brought_at = models.DateTimeField()
    brought_by = models.CharField(max_length=80)
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    def book(self) -> Any:
        """The workbook, opened."""
        return books.opened(unseal(self.content, about=f"form|{self.id}")["file"])

    def marked(self) -> tuple[list[Mark], list[str]]:
        """What was last said of its cells, and the titles of the sheets on which that was said."""
        last = self.markings.order_by("-at", "-id").first()
        plain = unseal(last.sealed, about=f"marking|{last.id}") if last else {"marks": [], "titles": []}
        return from_plain(plain["marks"]), plain["titles"]


class Marking(models.Model):
    """What somebody said of a form's cells; the latest stands, the earlier ones are its history."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="markings")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    count = models.IntegerField()
    sealed = models.BinaryField()
