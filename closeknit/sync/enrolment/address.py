"""Under which address phones reach this server."""

from urllib.parse import urlsplit

from closeknit import environment

OWN = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104 it is looked for, not listened on


def server_address(seen: str) -> str:
    """The address that the operator has set, else the one under which the server was just called (`https://name:port`)."""
    set_by_hand = environment.text("CLOSEKNIT_ADDRESS").strip().rstrip("/")
    if set_by_hand:
        return set_by_hand
    secure = environment.switch("CLOSEKNIT_TLS") and seen.startswith("http://")
    return f"https://{seen.removeprefix('http://')}" if secure else seen


def reaches_phones(address: str) -> bool:
    """Whether a phone could reach it: not a name that means `this computer itself`."""
    return (urlsplit(address).hostname or "") not in OWN


def is_secure(address: str) -> bool:
    """Whether a phone's browser would trust it with the camera, the service worker and encryption."""
    return address.startswith("https://")
