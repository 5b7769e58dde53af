"""The projection of list items."""

import builtins
from datetime import datetime

from django.db import models
from django.db.models import Q, QuerySet

from closeknit.kit.ids import uuid7

OPEN = ("open", "tried")


class Items(QuerySet["Item"]):
    """Items by how they stand."""

    def open(self) -> "Items":
        """Those that are still somebody's work."""
        return self.filter(state__in=OPEN)

    def overdue(self, now: datetime) -> "Items":
        """Those that should have been closed by now."""
        return self.open().filter(deadline__lte=now)

    def to_compare(self) -> "Items":
        """Those of which a person has to say who they mean."""
        return self.open().filter(how="doubtful")

    def marked(self, id_indexes: list[bytes], like_indexes: list[bytes], persons: list[str]) -> "Items":
        """Those still open that bear one of these IDs, names with telephone, or mean one of these persons."""
        return self.open().filter(Q(id_index__in=id_indexes) | Q(like_index__in=like_indexes) | Q(person__in=persons))


class Item(models.Model):
    """Projection: one item and how far it is. The indexes are blind: by them the same person in a later list is known again."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    topic = models.CharField(max_length=120, unique=True)
    list = models.CharField(max_length=80)
    source = models.CharField(max_length=40)
    area = models.CharField(max_length=32)
    person = models.CharField(max_length=80, blank=True)
    household = models.CharField(max_length=80, blank=True)
    how = models.CharField(max_length=10, blank=True)
    candidates = models.JSONField(default=builtins.list)  # `list` is a column here
    state = models.CharField(max_length=10)
    outcome = models.CharField(max_length=20, blank=True)
    measure = models.CharField(max_length=20, blank=True)
    way = models.CharField(max_length=10, blank=True)
    member = models.CharField(max_length=80, blank=True)
    pushed_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True)
    times = models.IntegerField(default=1)
    colour = models.CharField(max_length=10, blank=True)
    colour_doubtful = models.BooleanField(default=False)
    id_index = models.BinaryField(max_length=16, null=True)
    like_index = models.BinaryField(max_length=16, null=True)

    objects = Items.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("area", "state")),
            models.Index(fields=("person",)),
            models.Index(fields=("id_index",)),
            models.Index(fields=("like_index",)),
        )


def area_of_item(item: str) -> str | None:
    """Where an item lies; None where there is none of that code."""
    return Item.objects.filter(topic=item).values_list("area", flat=True).first()
