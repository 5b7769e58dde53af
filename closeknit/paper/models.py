"""Sheets as they were printed, their rows, and the scans of those that came back; cards and posters of residents, and their use."""

from django.db import models

from closeknit.kit.ids import uuid7


class Sheet(models.Model):
    """One sheet of paper: what it asks, where, for whom. Its code stands on it; sheets that were printed together share a `run`."""

    code = models.CharField(max_length=8, primary_key=True)
    run = models.UUIDField()
    number = models.SmallIntegerField(default=1)  # of the run
    kind = models.CharField(max_length=60)
    area = models.CharField(max_length=32)
    campaign = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=10, blank=True)  # what a row is: household, person, place, member; empty: none of them
    place = models.CharField(max_length=80, blank=True)  # where all of it happens
    member = models.CharField(max_length=80, blank=True)  # who takes it out
    day = models.DateField()
    printed_at = models.DateTimeField()
    printed_by = models.CharField(max_length=80)
    last_at = models.DateTimeField()  # the latest time of which it tells: with the records of then it is destroyed
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = (models.Index(fields=("run",)), models.Index(fields=("area", "printed_at")))

    def __str__(self) -> str:
        return f"{self.code[:4]}-{self.code[4:]}"


class Row(models.Model):
    """One row of a sheet. `listed`: whom it is about was printed; else it was blank, and `code` is who was written there."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="rows")
    number = models.SmallIntegerField()
    listed = models.BooleanField(default=False)
    code = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=32, blank=True)
    event = models.UUIDField(null=True)  # the record that it became; a correction of it is followed
    typed_at = models.DateTimeField(null=True)
    typed_by = models.CharField(max_length=80, blank=True)
    tries = models.SmallIntegerField(default=0)  # how often it was typed: each try has an id of its own

    class Meta:
        constraints = (models.UniqueConstraint(fields=("sheet", "number"), name="row_of_sheet"),)
        indexes = (models.Index(fields=("event",)),)


class Scan(models.Model):
    """A photograph or a PDF of a sheet. Its content lies sealed in the folder of scans."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="scans")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    type = models.CharField(max_length=40)
    bytes = models.IntegerField()

    @property
    def is_picture(self) -> bool:
        """Whether a page can show it; a PDF is opened by itself."""
        return self.type.startswith("image/")


class ResidentCard(models.Model):
    """A household's card, or a poster of a village: by its code residents reach their pages. Of the code only a keyed digest is kept."""

    class Kind(models.TextChoices):
        CARD = "card"
        POSTER = "poster"

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    number = models.CharField(max_length=12, db_index=True)  # what the card is called among clerks; it opens nothing
    code_digest = models.BinaryField(max_length=16, unique=True)
    household = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=32)
    place = models.CharField(max_length=80, blank=True)  # where a poster hangs
    entrance = models.CharField(max_length=20, blank=True)  # of the place, where it has several
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)
    printed_at = models.DateTimeField(null=True)
    printed_by = models.CharField(max_length=80, blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("household",), condition=models.Q(revoked_at__isnull=True) & ~models.Q(household=""), name="card_of_household"
            ),
        )
        indexes = (models.Index(fields=("area", "kind")),)

    def __str__(self) -> str:
        return self.number


class ResultTries(models.Model):
    """Wrong tries of a day to see a result with a household's card, by the name that was given; `person` is empty where nobody bears it."""

    household = models.CharField(max_length=80)
    name_index = models.BinaryField(max_length=16)
    day = models.DateField()
    area = models.CharField(max_length=32)
    person = models.CharField(max_length=80, blank=True)
    wrong = models.PositiveSmallIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("household", "name_index", "day"), name="tries_of_a_day"),)
        indexes = (models.Index(fields=("day", "area")),)


class PageUse(models.Model):
    """How often the residents' pages were used on a day in an area; of whom is kept nowhere."""

    area = models.CharField(max_length=32)
    day = models.DateField()
    what = models.CharField(max_length=12)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("area", "day", "what"), name="use_of_a_day"),)
