"""Encryption of personal fields, and blind indexes to find them again. Keys live in CLOSEKNIT_HOME, never in the database."""

import hashlib
import hmac
import os
from functools import lru_cache
from typing import Any

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from closeknit import environment

VERSION = b"\x01"
BLOCK = 64  # bytes of SHA-256


@lru_cache(maxsize=4)
def _cipher(name: str) -> AESGCM:
    return AESGCM(environment.key(name))


@lru_cache(maxsize=16)
def _index_hashes(purpose: str) -> tuple[Any, Any]:
    """The inner and the outer hash of an HMAC (RFC 2104) with key and purpose already worked in: half the time of `hmac.digest`."""
    key = environment.key("index").ljust(BLOCK, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in key) + f"{purpose}\x00".encode())
    return inner, hashlib.sha256(bytes(byte ^ 0x5C for byte in key))


def seal(values: dict[str, Any] | None, *, about: str) -> bytes | None:
    """The values as one encrypted blob, bound to `about` (table and row), so that it cannot be moved elsewhere. Nothing gives None."""
    if not values:
        return None
    nonce = os.urandom(12)
    return VERSION + nonce + _cipher("personal").encrypt(nonce, msgspec.msgpack.encode(values), about.encode())


def unseal(blob: bytes | memoryview | None, *, about: str) -> dict[str, Any]:
    """The values of a blob. Raises `cryptography.exceptions.InvalidTag` where it was altered or belongs elsewhere."""
    if blob is None:
        return {}
    raw = bytes(blob)
    values: dict[str, Any] = msgspec.msgpack.decode(_cipher("personal").decrypt(raw[1:13], raw[13:], about.encode()))
    return values


def key_for(purpose: str, whom: str) -> bytes:
    """32 secret bytes of somebody's own, to be handed out: from them neither our keys nor anybody else's can be reckoned."""
    return hmac.digest(environment.key(purpose), whom.encode(), hashlib.sha256)


def blind(value: str, *, purpose: str) -> bytes:
    """A keyed digest (16 bytes) by which an encrypted value is found again; one purpose's digests do not match another's."""
    inner, outer = _index_hashes(purpose)
    within, around = inner.copy(), outer.copy()
    within.update(value.encode())
    around.update(within.digest())
    digest: bytes = around.digest()[:16]
    return digest
