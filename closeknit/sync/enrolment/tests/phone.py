"""A phone for tests: it makes its token, seals letters as docs/field-app.md says, and calls the devices' door."""

import asyncio
import gzip
import json
import os
import secrets
from dataclasses import dataclass, field
from typing import Any

from asgiref.sync import sync_to_async
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connections

from closeknit.asgi import application
from closeknit.sync.enrolment import keys


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    said: dict[str, Any]
    headers: dict[str, str]


def call(path: str, body: bytes, **headers: str) -> Answered:
    """Posts to the devices' door through the ASGI application."""
    named = {"accept-language": "en", "host": "town.example", **headers}
    scope = {
        "type": "http", "method": "POST", "path": f"/api/v1/{path}", "query_string": b"", "root_path": "", "scheme": "https",
        "client": ("192.0.2.7", 4711), "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()],
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async def served() -> None:
        await application(scope, receive, send)
        await sync_to_async(connections.close_all, thread_sensitive=False)()  # the loop's thread ends, and its connection with it

    asyncio.run(served())
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    content = sent[1]["body"]
    return Answered(sent[0]["status"], json.loads(gzip.decompress(content) if "content-encoding" in told else content), told)


@dataclass
class Phone:
    """One phone."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    device: str = ""
    card: str = ""

    def enrol(self, code: str, **rest: Any) -> Answered:
        """Brings a code; remembers what it is from then on."""
        asked = {"code": code, "token": self.token, "label": "Chrome on Android", "app": "0.2.0", **rest}
        answer = call("enrol", json.dumps(asked).encode())
        self.device, self.card = answer.said.get("device", self.device), answer.said.get("card", self.card)
        return answer

    def post(self, path: str, told: Any, **headers: str) -> Answered:
        """Posts JSON with its number and token."""
        return call(path, json.dumps(told).encode(), x_device=self.device, authorization=f"Bearer {self.token}", **headers)

    def push(self, *events: dict[str, Any], member: str = "W1") -> Answered:
        """Pushes records."""
        return self.post("push", {"v": 1, "device": self.device, "member": member, "events": events})

    def letter(self, event: dict[str, Any], *, member: str = "W1", **change: Any) -> dict[str, Any]:
        """A record, sealed for the server alone."""
        return {
            **sealed(json.dumps(event).encode(), f"{self.device}|{event['seq']}|{member}"),
            "seq": event["seq"],
            "member": member,
            **change,
        }

    def bundle(self, *letters: dict[str, Any]) -> dict[str, Any]:
        """An outbox, as the file has it."""
        return {"v": 1, "device": self.device, "made_at": "2022-03-18T02:00:00Z", "letters": letters}

    def rescue(self, *letters: dict[str, Any]) -> Answered:
        """Sends letters by the rescue door."""
        return self.post("rescue", self.bundle(*letters))


def sealed(plain: bytes, about: str) -> dict[str, str]:
    """epk, iv and box of a plain text, by the public key that the server gives."""
    own = ec.generate_private_key(ec.SECP256R1())
    server = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), keys.decoded(keys.public("sealing")))
    shared = own.exchange(ec.ECDH(), server)
    key = HKDF(algorithm=SHA256(), length=32, salt=b"", info=b"closeknit letter v1").derive(shared)
    iv = os.urandom(12)
    epk = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {
        "epk": keys.encoded(epk),
        "iv": keys.encoded(iv),
        "box": keys.encoded(AESGCM(key).encrypt(iv, plain, about.encode())),
    }
