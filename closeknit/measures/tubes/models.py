"""The projections of tubes: where each is, through which hands it went, and which of its matters somebody has cleared."""

from django.db import models

from closeknit.kit.ids import uuid7


class Tube(models.Model):
    """Projection: one tube and how far it is on its way. `persons` counts people, not swabs; `moved_at` is the last thing that happened."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=120, unique=True)
    area = models.CharField(max_length=32)
    place = models.CharField(max_length=80, blank=True)
    round = models.CharField(max_length=60, blank=True)
    pool = models.IntegerField(default=0)
    samples = models.IntegerField(default=0)
    persons = models.IntegerField(default=0)
    environment = models.BooleanField(default=False)
    last_at = models.DateTimeField(null=True)  # of the last swab
    seals = models.IntegerField(default=0)
    sealed_count = models.IntegerField(null=True)
    sealed_at = models.DateTimeField(null=True)
    hand_overs = models.IntegerField(default=0)
    handed_at = models.DateTimeField(null=True)
    box = models.CharField(max_length=60, blank=True)
    carrier = models.CharField(max_length=60, blank=True)
    receipts = models.IntegerField(default=0)
    received_at = models.DateTimeField(null=True)
    lab = models.CharField(max_length=60, blank=True)
    result = models.CharField(max_length=12, blank=True)
    resulted_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("area", "moved_at")),
            models.Index(fields=("place", "last_at")),
            models.Index(fields=("received_at",), condition=models.Q(result="", receipts__gt=0), name="tube_waits"),
            models.Index(fields=("handed_at",), condition=models.Q(receipts=0, hand_overs__gt=0), name="tube_on_its_way"),
        )


class Passage(models.Model):
    """Projection: a tube in the list of one hand-over or one receipt."""

    class Step(models.TextChoices):
        HANDED_OVER = "handed_over"
        RECEIVED = "received"

    id = models.UUIDField(primary_key=True, default=uuid7)
    event = models.UUIDField()
    tube = models.CharField(max_length=120)
    step = models.CharField(max_length=12, choices=Step.choices)
    at = models.DateTimeField()
    learned_at = models.DateTimeField()
    area = models.CharField(max_length=32)
    box = models.CharField(max_length=60, blank=True)
    carrier = models.CharField(max_length=60, blank=True)
    lab = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("event", "tube"), name="passage_once"),)
        indexes = (models.Index(fields=("tube",)),)

    @property
    def order(self) -> tuple[object, ...]:
        """The order in which the latest wins."""
        return (self.at, self.learned_at, str(self.event))


class Clearing(models.Model):
    """Projection: somebody looked at a matter of a tube and said why it may rest."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    topic = models.CharField(max_length=120)  # the tube
    matter = models.CharField(max_length=20)
    event = models.UUIDField()
    at = models.DateTimeField()
    member = models.CharField(max_length=80)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("topic", "matter"), name="clearing_once"),)
