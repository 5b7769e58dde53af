"""Checks of the machine: disk, clock, fonts, and who may read the keys."""

import os
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from closeknit import environment
from closeknit.console.doctor.finding import Finding, State, judged
from closeknit.kit import clock
from closeknit.kit.text import Text

BUILT = datetime(2026, 11, 1, tzinfo=UTC)  # no clock that is right shows an earlier time
GIGABYTE = 1024**3
FREE_FAILS, FREE_NOTES = 1, 5
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts", Path("/Library/Fonts"))
CJK_FONT = re.compile(r"(CJK|SourceHan|wqy|uming|ukai|SimSun|FangSong|PingFang).*\.(ttc|otf|ttf)$", re.IGNORECASE)


def disk(free: int, folder: Path) -> Finding:
    """Whether there is room; `free` in bytes."""
    gigabytes = free / GIGABYTE
    return judged(
        "disk",
        Text("Disk", "磁盘空间"),
        well=gigabytes >= FREE_NOTES,
        otherwise=State.FAILED if gigabytes < FREE_FAILS else State.NOTE,
        seen=Text("{free} GB free at {folder}", "{folder} 剩余 {free} GB").format(free=f"{gigabytes:.1f}", folder=folder),
        cure=Text("Make room: {notes} GB or more should be free.", "请清理磁盘，至少保留 {notes} GB。").format(notes=FREE_NOTES),
    )


def right_time(now: datetime, synchronised: bool | None) -> Finding:
    """Whether the clock can be right; `synchronised` is None where the machine does not say."""
    kept = {
        True: Text("kept by NTP", "已自动校时"),
        False: Text("not kept by NTP", "未自动校时"),
        None: Text("this machine does not say whether NTP keeps it", "本机未提供校时状态"),
    }[synchronised]
    return judged(
        "clock",
        Text("Clock", "时钟"),
        well=now >= BUILT and synchronised is not False,
        otherwise=State.FAILED if now < BUILT else State.NOTE,
        seen=Text("{now} UTC, {kept}", "世界时 {now}，{kept}").format(now=f"{now:%Y-%m-%d %H:%M}", kept=kept),
        cure=Text(
            "The close of the day goes by this clock. Type: timedatectl set-ntp true",
            "每日汇总以此时钟为准。请运行：timedatectl set-ntp true",
        ),
    )


def synchronised() -> bool | None:
    """What the machine says of its own clock; None where it says nothing."""
    if shutil.which("timedatectl") is None:
        return None
    said = subprocess.run(["timedatectl", "show", "-p", "NTPSynchronized", "--value"], capture_output=True, text=True).stdout.strip()
    return {"yes": True, "no": False}.get(said)


def chinese_font(fonts: list[str]) -> Finding:
    """Whether a bulletin can be printed without empty boxes."""
    return judged(
        "fonts",
        Text("Chinese font for printing", "打印用中文字体"),
        well=bool(fonts),
        seen=Text("{count} found", "找到 {count} 个").format(count=len(fonts)),
        cure=Text("Type: apt-get install fonts-noto-cjk", "请运行：apt-get install fonts-noto-cjk"),
    )


def fonts_found() -> list[str]:
    """The files of Chinese fonts on this machine."""
    return sorted(path.name for folder in FONT_FOLDERS if folder.is_dir() for path in folder.rglob("*") if CJK_FONT.search(path.name))


def secrets_kept(home: Path) -> Finding:
    """Whether the folder is closed to others (0700) and each key and database file can be read by its owner only."""
    files = [*(home / "keys").glob("*")]
    wide = [path.name for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if stat.S_IMODE(home.stat().st_mode) & 0o077 or home.stat().st_uid != os.geteuid():
        wide.insert(0, str(home))
    return judged(
        "secrets",
        Text("Keys are closed to others", "密钥权限"),
        well=not wide,
        seen=Text("{count} key{count:s} in {home}; open to others: {wide}", "{home} 中有 {count} 个密钥；对他人开放：{wide}").format(
            count=len(files), home=home, wide=", ".join(wide) or "0"
        ),
        cure=Text("Type: chmod 700 {home} && chmod 600 {home}/keys/*", "请运行：chmod 700 {home} && chmod 600 {home}/keys/*").format(
            home=home
        ),
    )


def examine() -> Iterator[Finding]:
    """All checks of the machine."""
    home = environment.home()
    yield disk(shutil.disk_usage(home).free, home)
    yield right_time(clock.now(), synchronised())
    yield chinese_font(fonts_found())
    yield secrets_kept(home)
