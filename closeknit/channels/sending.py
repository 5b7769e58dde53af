"""One attempt to send a message on a channel."""

import re
from collections.abc import Mapping
from datetime import datetime
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from closeknit.channels import outgoing, robots
from closeknit.channels.limits import ROBOTS, too_long
from closeknit.channels.models import Channel, Message
from closeknit.channels.outcomes import Failed, Outcome

CONSOLE = "django.core.mail.backends.console.EmailBackend"
PLACE = re.compile(r"\$\{(\w+)\}")
SUBJECT = 60  # characters of the first line


def send(channel: Channel, message: Message, now: datetime) -> Outcome:
    """Sends it; what goes wrong is an outcome, not an exception."""
    try:
        if channel.kind != "sms" and too_long(channel.kind, message.text):
            return Outcome("too_long")
        told = channel.told()
        if channel.kind in ROBOTS:
            url, body = robots.request(channel.kind, message.text, told, now)
            return robots.meaning(channel.kind, outgoing.post(url, body, channel.kind))
        return _sms(told, message.values) if channel.kind == "sms" else _mail(told, message)
    except Failed as failed:
        return failed.outcome


def _mail(told: Mapping[str, Any], message: Message) -> Outcome:
    """One mail to all, whose addresses do not see each other."""
    subject = message.text.strip().splitlines()[0][:SUBJECT]
    try:
        EmailMessage(subject, message.text, settings.DEFAULT_FROM_EMAIL, bcc=told["addresses"]).send()
    except SMTPException as error:
        code = getattr(error, "smtp_code", 0)
        return Outcome("busy" if 400 <= code < 500 else "refused", f"SMTP {code}")
    except TimeoutError:
        return Outcome("uncertain")
    except OSError:
        return Outcome("unreachable")
    return Outcome("printed" if settings.EMAIL_BACKEND == CONSOLE else "sent")


def _sms(told: Mapping[str, Any], values: Mapping[str, Any]) -> Outcome:
    """The gateway's own door: the template's number, its variables, and the telephones."""
    body = {"template": told["template"], "phones": told["phones"], "variables": variables(told["text"], values)}
    reply = outgoing.post(told["url"], body, "sms", {"Authorization": f"Bearer {told['secret']}"} if told.get("secret") else None)
    if reply.status == 429:
        return Outcome("rate_limited", "HTTP 429")
    if reply.status >= 500:
        return Outcome("busy", f"HTTP {reply.status}")
    code = str(reply.said().get("code", "0"))
    if reply.status in (401, 403):
        return Outcome("signature", f"HTTP {reply.status}")
    return Outcome("sent") if 200 <= reply.status < 300 and code.upper() in ("0", "OK") else Outcome("refused", code[:20])


def variables(template: str, values: Mapping[str, Any]) -> dict[str, str]:
    """The values of the variables that a template names."""
    return {name: str(values.get(name, "")) for name in PLACE.findall(template)}


def written_out(template: str, values: Mapping[str, Any]) -> str:
    """A template as its receivers will read it."""
    return PLACE.sub(lambda found: str(values.get(found[1], "")), template)
