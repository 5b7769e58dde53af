"""Accounts, what they read, the filters they keep, and the counters that slow down guessing."""

from datetime import datetime
from typing import Any, ClassVar, NoReturn

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from closeknit.kit import clock


class Accounts(BaseUserManager["Account"]):
    """All accounts."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        """A new account; without a password nobody can sign in to it."""
        account = self.model(username=self.model.normalize_username(username), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who may sign in: one role, in one area and everything below it."""

    username = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=32, help_text="A column of roles.py.")
    area = models.CharField(max_length=32, blank=True, help_text="Area code; an account without one sees nothing.")
    member = models.CharField(max_length=32, blank=True, help_text="Member code, where the account belongs to a member.")
    name = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    language = models.CharField(max_length=8, blank=True)
    large_type = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    objects: ClassVar[Accounts] = Accounts()

    def __str__(self) -> str:
        return self.username

    @property
    def shown_name(self) -> str:
        """What the screens call this account's owner."""
        return self.name or self.username


class Appended(models.QuerySet[Any]):
    """Rows that are only ever appended; what is over is destroyed by `closeknit expire`, in its own statements."""

    def update(self, **values: Any) -> NoReturn:
        raise TypeError("Readings are never changed. Append another one.")

    def delete(self) -> NoReturn:
        raise TypeError("Readings are never deleted here. `closeknit expire` destroys them when their time is over.")


class Reading(models.Model):
    """One look at persons or households: who, when, which screen, whose codes, why."""

    at = models.DateTimeField(db_index=True)
    account = models.CharField(max_length=64, db_index=True)
    screen = models.CharField(max_length=64)
    what = models.CharField(max_length=32)
    codes = models.JSONField(default=list)
    purpose = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=255, blank=True, help_text="Without its query, which may hold a name.")

    objects = Appended.as_manager()

    def __str__(self) -> str:
        return f"{self.account} {self.screen} {self.what}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Readings are never changed. Append another one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Readings are never deleted here. `closeknit expire` destroys them when their time is over.")


class SavedFilter(models.Model):
    """A view of a list that its owner wants again."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="saved_filters")
    screen = models.CharField(max_length=64)
    path = models.CharField(max_length=255)
    query = models.CharField(max_length=1000, blank=True)
    name = models.CharField(max_length=100)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=("account", "path", "query"), name="saved_filter_once"),)

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Where the view is."""
        return f"{self.path}?{self.query}" if self.query else self.path


class Allowance(models.Model):
    """How much of a limited thing (wrong passwords, say) was used since `began_at`. `key` is a keyed digest, never a name."""

    key = models.CharField(max_length=64, primary_key=True)
    began_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    used = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.used} since {self.began_at:%H:%M}"
