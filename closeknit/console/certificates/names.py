"""Names and addresses that a certificate stands for: those of this machine, and those that are typed."""

import re
import socket
import struct
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from closeknit.kit.text import Text

Address = IPv4Address | IPv6Address
Name = str | Address
OWN: tuple[Name, ...] = ("localhost", ip_address("127.0.0.1"), ip_address("::1"))
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
LAN = tuple(
    ip_network(net)
    for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7", "fe80::/10")
)
ASK_FOR_ADDRESS = 0x8915  # SIOCGIFADDR
ELSEWHERE = ("10.255.255.255", 9)  # nothing is sent there: the machine is only asked which way it would go
NO_NAME = Text(
    "{value} is no host name. Allowed: letters a to z, digits, - and dots, for example townhall.local.",
    "{value} 不是主机名，只能使用英文字母、数字、连字符和点，例如 townhall.local。",
)
NO_ADDRESS = Text("{value} is no address. Allowed: for example 192.168.1.20.", "{value} 不是 IP 地址，例如应为 192.168.1.20。")


def read_name(value: str) -> str:
    """A host name in small letters. Raises ValueError with a sentence where it is none."""
    name = value.strip().lower().rstrip(".")
    labels = name.split(".")
    if len(name) > 253 or labels[-1].isdecimal() or not all(LABEL.fullmatch(label) for label in labels):
        raise ValueError(str(NO_NAME.format(value=value)))
    return name


def read_address(value: str) -> Address:
    """An IP address. Raises ValueError with a sentence where it is none."""
    try:
        return ip_address(value.strip().strip("[]"))
    except ValueError:
        raise ValueError(str(NO_ADDRESS.format(value=value))) from None


def read(host: str) -> Name:
    """The host of an address as it is typed: an IP address where it is one, else a name."""
    bare = host.strip().strip("[]")
    try:
        return ip_address(bare)
    except ValueError:
        return bare.lower().rstrip(".")


def typed(name: Name) -> str:
    """As it stands in an address: IPv6 in brackets."""
    return f"[{name}]" if isinstance(name, IPv6Address) else str(name)


def is_own(name: Name) -> bool:
    """Whether it means `this machine itself`, wherever it is said."""
    return name == "localhost" if isinstance(name, str) else name.is_loopback


def of_this_machine() -> list[Name]:
    """Its addresses in the network, then its host name with and without .local."""
    host = socket.gethostname().lower()
    names = [f"{host.split('.')[0]}.local", host.split(".")[0], host]
    return unique([*_addresses(), *(name for name in names if _sound(name))])


def unique(names: Iterable[Name]) -> list[Name]:
    """Each once, at its first place."""
    return list(dict.fromkeys(names))


def _sound(name: str) -> bool:
    try:
        return bool(read_name(name)) and name.split(".")[0] != "localhost"
    except ValueError:
        return False


def _addresses() -> list[Address]:
    """IPv4 addresses of the network cards; the one by which the machine reaches others comes first."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(ELSEWHERE)
            found.append(asked.getsockname()[0])
        except OSError:
            pass  # no way out: a box of its own
        found += _of_cards(asked)
    return [address for address in map(ip_address, dict.fromkeys(found)) if not address.is_loopback and not address.is_unspecified]


def _of_cards(asked: socket.socket) -> list[str]:
    """What Linux says of each card; nothing elsewhere."""
    try:
        import fcntl  # an optional package: there is none on Windows
    except ImportError:
        return []
    found = []
    for _, card in socket.if_nameindex():
        try:
            answer = fcntl.ioctl(asked.fileno(), ASK_FOR_ADDRESS, struct.pack("256s", card.encode()[:15]))
        except OSError:
            continue  # a card without an address
        found.append(socket.inet_ntoa(answer[20:24]))
    return found
