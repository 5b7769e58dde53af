"""Every setting that the environment can give, in one place; `closeknit doctor` prints this table."""

import os
import secrets
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

KEY_BYTES = 32


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, its default in words, and what it does."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable("CLOSEKNIT_HOME", "~/.closeknit", "folder of keys, uploads and the SQLite file; made with mode 0700 where it is missing"),
    Variable(
        "CLOSEKNIT_DATABASE_URL", "sqlite:///$CLOSEKNIT_HOME/closeknit.db", "sqlite:///path or postgresql://user:password@host:port/name"
    ),
    Variable("CLOSEKNIT_HOSTS", "localhost,127.0.0.1,[::1]", "host names that the server answers to, separated by commas"),
    Variable("CLOSEKNIT_BIND", "127.0.0.1:8000", "address and port that `closeknit serve` listens on"),
    Variable("CLOSEKNIT_TLS", "off", "on: the site is reached over https only, cookies are marked secure"),
    Variable(
        "CLOSEKNIT_TLS_CERT",
        "",
        "file of a certificate and its chain (PEM) to show where TLS is on; tls/server.crt of the home if it is there",
    ),
    Variable("CLOSEKNIT_TLS_KEY", "", "file of that certificate's key (PEM); the certificate's own file where nothing is set"),
    Variable("CLOSEKNIT_ADDRESS", "", "https://name:port under which phones reach the server, where the clerk's own browser uses another"),
    Variable("CLOSEKNIT_DEBUG", "off", "on: error pages with a stack trace; never on a server that others reach"),
    Variable("CLOSEKNIT_REAL_DATA", "", "accepted: IDs that do not begin with 99 may be imported (see SECURITY.md first)"),
    Variable("CLOSEKNIT_FIELD_APP", "", "folder of the built field app; field/dist of the checkout where nothing is set"),
    Variable(
        "CLOSEKNIT_OUTGOING_HOSTS",
        "",
        "further hosts that notices may be sent to (a robot or SMS gateway of your own), separated by commas",
    ),
    Variable(
        "CLOSEKNIT_MAIL_URL", "", "smtp://user:password@host:587 (or smtps://…:465); where nothing is set mails are printed on the console"
    ),
    Variable("CLOSEKNIT_MAIL_FROM", "closeknit@localhost", "the sender of mails"),
    Variable("CLOSEKNIT_LANGUAGE", "zh-hans", "the language where a browser asks for none: zh-hans or en"),
)


def text(name: str) -> str:
    """The value of a declared variable, its default where it is not set."""
    default = next(variable.default for variable in VARIABLES if variable.name == name)
    return os.environ.get(name, default)


def switch(name: str) -> bool:
    """Whether a declared variable says on."""
    return text(name).lower() in {"on", "1", "true", "yes"}


def home() -> Path:
    """The folder of keys and files, made with mode 0700 where it is missing."""
    folder = Path(text("CLOSEKNIT_HOME")).expanduser().resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


class BadKey(Exception):
    """A file of a key holds none; names the file and the remedy, never what is in it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} does not hold a key of {KEY_BYTES} bytes. Put the file back from your backup; delete it only if nothing was ever "
            "written under it: then a new key is made."
        )


def key(name: str, *, make: bool = True) -> bytes:
    """32 secret bytes from `$CLOSEKNIT_HOME/keys/NAME`, made fresh (mode 0600) where the file is missing.

    make: False raises `FileNotFoundError` there instead. Raises `BadKey` where the file holds something else.
    """
    folder = home() / "keys"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / name
    if make and not path.exists():
        _make(path)
    return _read(path)


def destroy_keys(beginning: str, *, keep: Collection[str]) -> None:
    """Destroys the keys whose names begin so, but those that are kept: what was encrypted under them can be read by nobody any more."""
    for path in (home() / "keys").glob(f"{beginning}*"):
        if path.name not in keep:
            path.unlink()


def _make(path: Path) -> None:
    """A new key, under its name all at once: who is killed or finds the disk full leaves none. Of two who make it, one key counts.

    The file under way begins with the key's name, so that `destroy_keys` finds what a killed process left of it.
    """
    new = path.with_name(f"{path.name}.new-{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(secrets.token_hex(KEY_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):
            os.link(new, path)
    finally:
        new.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _read(path: Path) -> bytes:
    try:
        secret = bytes.fromhex(path.read_text())
    except ValueError:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise BadKey(path)
    return secret


def certificate() -> tuple[Path, Path] | None:
    """The files of certificate and key that `closeknit serve` shows; None where it speaks plain http, alone or behind a web server."""
    if not switch("CLOSEKNIT_TLS"):
        return None
    given, its_key = text("CLOSEKNIT_TLS_CERT"), text("CLOSEKNIT_TLS_KEY")
    if given or its_key:
        return Path(given).expanduser(), Path(its_key or given).expanduser()
    made = home() / "tls/server.crt", home() / "tls/server.key"
    return made if all(file.is_file() for file in made) else None


def mail() -> dict[str, object]:
    """Django's mail settings from CLOSEKNIT_MAIL_URL."""
    url = text("CLOSEKNIT_MAIL_URL")
    parts = urlsplit(url)
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise SystemExit("CLOSEKNIT_MAIL_URL must be smtp://user:password@host:587 or smtps://user:password@host:465.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
    }


def database() -> dict[str, object]:
    """Django's database settings from CLOSEKNIT_DATABASE_URL, with the durability that the ledger needs."""
    url = text("CLOSEKNIT_DATABASE_URL").replace("$CLOSEKNIT_HOME", str(home()))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.removeprefix("sqlite:///"))
            if not url.startswith("sqlite:////")
            else unquote(url.removeprefix("sqlite://")),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                    "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
        }
    raise SystemExit(
        f"CLOSEKNIT_DATABASE_URL begins with {parts.scheme or 'nothing'!r}. Allowed: sqlite:///path/to/file.db or postgresql://user:password@host:5432/name."
    )
