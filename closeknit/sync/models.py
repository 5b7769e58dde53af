"""Devices that may push, each with a token of which only a digest is kept."""

import secrets

from django.db import models

from closeknit.kit import clock
from closeknit.kit.sealing import blind


class Device(models.Model):
    """An enrolled device. Pushes name its code and bring its token; a revoked one's are refused."""

    code = models.CharField(max_length=80, primary_key=True)
    token_digest = models.BinaryField(max_length=16)
    area = models.CharField(max_length=32)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.CharField(max_length=80)
    revoked_at = models.DateTimeField(null=True)


def enrol(code: str, *, area: str, by: str) -> str:
    """Enrols a device, or gives it a new token; returns the token, which is shown once and kept nowhere."""
    token = secrets.token_urlsafe(32)
    Device.objects.update_or_create(
        code=code,
        defaults={"token_digest": digest(token), "area": area, "enrolled_at": clock.now(), "enrolled_by": by, "revoked_at": None},
    )
    return token


def digest(token: str) -> bytes:
    """What of a token is kept."""
    return blind(token, purpose="device")
