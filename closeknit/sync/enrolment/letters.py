"""Letters: records that a phone sealed for this server alone, opened as docs/field-app.md lays down."""

import hashlib

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import ECDH, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from closeknit.kit.text import Text
from closeknit.ledger.wire import BadPush
from closeknit.sync.enrolment.keys import decoded, pair

INFO = b"closeknit letter v1"
VERSION = 1
MOST_LETTERS = 1_000
LONGEST_CODE = 80

NO_BUNDLE = Text(
    "This is no outbox of the field app, or it is damaged. Export it on the phone again.",
    "这不是手机应用导出的文件，或已损坏。请在手机上重新导出。",
)
NEWER = Text("This outbox was written by a newer app. Update the server.", "该文件由更新版本的应用导出。请更新服务器。")
TOO_MANY = Text("At most 1,000 letters at once. Send the rest afterwards.", "一次不超过 1000 条，请分批发送。")


class Unopened(Exception):
    """A letter that this server cannot open: altered, sealed for another server, or of another device, number or member."""


class Sealed(msgspec.Struct, frozen=True):
    """One letter as the phone wrote it."""

    seq: int
    member: str
    epk: str
    iv: str
    box: str

    @property
    def digest(self) -> bytes:
        """What tells two letters of one number apart."""
        return hashlib.sha256("\n".join((self.member, self.epk, self.iv, self.box)).encode()).digest()[:16]


class Bundle(msgspec.Struct, frozen=True):
    """An outbox: the body of a rescue, and the file that a phone exports."""

    device: str
    letters: list[Sealed]
    v: int = VERSION
    made_at: str = ""


def bundle(raw: bytes, *, most: int = MOST_LETTERS) -> Bundle:
    """An outbox from its JSON. Raises `BadPush`."""
    try:
        read = msgspec.json.decode(raw, type=Bundle)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadPush("letters", NO_BUNDLE) from error
    if read.v > VERSION:
        raise BadPush("v", NEWER)
    if len(read.letters) > most:
        raise BadPush("letters", TOO_MANY, 413)
    if not _is_code(read.device) or not all(_is_code(each.member) and 1 <= each.seq < 2**62 for each in read.letters):
        raise BadPush("letters", NO_BUNDLE)
    return read


def opened(letter: Sealed, *, device: str) -> bytes:
    """The record's JSON. Raises `Unopened`."""
    try:
        point = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), decoded(letter.epk))
        shared = pair("sealing").exchange(ECDH(), point)
        key = HKDF(algorithm=SHA256(), length=32, salt=b"", info=INFO).derive(shared)
        return AESGCM(key).decrypt(decoded(letter.iv), decoded(letter.box), f"{device}|{letter.seq}|{letter.member}".encode())
    except (ValueError, InvalidTag) as error:
        raise Unopened from error


def _is_code(value: str) -> bool:
    return 0 < len(value) <= LONGEST_CODE and value.isprintable()
