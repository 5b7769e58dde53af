"""What `closeknit serve` looks at before it shows a certificate: the files, their names, their end."""

import ssl
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from closeknit import environment
from closeknit.console.certificates.names import Name, is_own, read, typed
from closeknit.console.certificates.reading import Certificate, from_file
from closeknit.kit import clock
from closeknit.kit.text import Text

NOT_READ = Text(
    "The certificate {certificate} and its key {key} cannot be used: {why}. Look at CLOSEKNIT_TLS_CERT and CLOSEKNIT_TLS_KEY, "
    "or type: closeknit certificate",
    "证书 {certificate} 及其密钥 {key} 无法使用：{why}。请检查 CLOSEKNIT_TLS_CERT 和 CLOSEKNIT_TLS_KEY，或运行：closeknit certificate",
)
NO_HOST = Text(
    "The certificate stands for {names}, and CLOSEKNIT_HOSTS names none of them: every phone would be refused. Set CLOSEKNIT_HOSTS={hosts}",
    "证书对应 {names}，而 CLOSEKNIT_HOSTS 中一个都没有，手机将全部被拒绝。请设置 CLOSEKNIT_HOSTS={hosts}",
)
NOT_ITS_ADDRESS = Text(
    "CLOSEKNIT_ADDRESS sends phones to {name}, and CLOSEKNIT_HOSTS does not name it: every phone would be refused. "
    "Set CLOSEKNIT_HOSTS={hosts}",
    "CLOSEKNIT_ADDRESS 让手机访问 {name}，而 CLOSEKNIT_HOSTS 中没有它，手机将全部被拒绝。请设置 CLOSEKNIT_HOSTS={hosts}",
)
ENDED = Text(
    "The certificate held until {end}: phones refuse it. Type: closeknit certificate (a county's own: put the new file in its place), "
    "then start again.",
    "证书已于 {end} 到期，手机会拒绝连接。请运行 closeknit certificate（自有证书请替换为新文件），然后重新启动。",
)


class NotReady(Exception):
    """Why the certificate cannot be shown, with what to do."""


def hosts() -> list[str]:
    """CLOSEKNIT_HOSTS, one by one."""
    return [host.strip() for host in environment.text("CLOSEKNIT_HOSTS").split(",") if host.strip()]


def answers_to(name: Name) -> bool:
    """Whether CLOSEKNIT_HOSTS lets the server answer to a name."""
    for host in hosts():
        within = host.startswith(".") and isinstance(name, str) and (name.endswith(host) or name == host[1:])
        if host == "*" or within or read(host) == name:
            return True
    return False


def address_name() -> Name | None:
    """The name or address to which CLOSEKNIT_ADDRESS sends phones, None where it is not set."""
    host = urlsplit(environment.text("CLOSEKNIT_ADDRESS").strip()).hostname
    return read(host) if host else None


def with_hosts(*names: Name) -> str:
    """CLOSEKNIT_HOSTS with these names added."""
    return ",".join([*hosts(), *(typed(name) for name in names if not answers_to(name))])


def said(names: Iterable[Name]) -> str:
    """Names for a sentence."""
    return ", ".join(str(name) for name in names)


def pair() -> tuple[Path, Path] | None:
    """The files for the server to show, None where it speaks plain http. Raises NotReady where they are no pair that phones could use."""
    files = environment.certificate()
    if files is None:
        return None
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(*files, password="")  # none is asked for at the terminal
        shown = from_file(files[0])
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise NotReady(NOT_READ.format(certificate=files[0], key=files[1], why=why)) from error
    _agrees_with_hosts(shown)
    return files


def warning() -> Text | None:
    """What whoever starts the server has to know of its certificate."""
    files = environment.certificate()
    shown = from_file(files[0]) if files else None
    return ENDED.format(end=shown.last_day) if shown and shown.ends <= clock.now() else None


def _agrees_with_hosts(shown: Certificate) -> None:
    known = address_name()
    if known is not None and not answers_to(known):
        raise NotReady(NOT_ITS_ADDRESS.format(name=known, hosts=with_hosts(known)))
    bound = read(environment.text("CLOSEKNIT_BIND").rpartition(":")[0])
    names = [name for name in shown.names if is_own(bound) or not is_own(name)]
    reached = [name for name in names if answers_to(name)]
    reached += [host for host in hosts() if shown.covers(read(host)) and host not in names and not is_own(read(host))]
    if not reached:
        raise NotReady(NO_HOST.format(names=said(names), hosts=with_hosts(*names[:3])))
