"""Checks of the database: does it keep what it confirmed, is it as new as the program, does its clock agree."""

from collections.abc import Iterator
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor

from closeknit.console.doctor.finding import Finding, State, judged
from closeknit.kit import clock
from closeknit.kit.text import Text

POSTGRESQL_SETTINGS = ("fsync", "synchronous_commit", "full_page_writes")
OLDEST_POSTGRESQL = 150000
DRIFT_SECONDS = 5
DURABILITY = Text("Database keeps what it confirmed", "断电不丢数据")


def sqlite_durability(journal: str, synchronous: int) -> Finding:
    """Only a write-ahead log with full synchronisation loses nothing when the power goes."""
    return judged(
        "durability",
        DURABILITY,
        well=journal == "wal" and synchronous == 2,
        seen=Text(
            "SQLite, journal_mode={journal}, synchronous={level}", "SQLite 数据库，journal_mode={journal}，synchronous={level}"
        ).format(journal=journal, level=synchronous),
        cure=Text(
            "Needed: journal_mode=wal and synchronous=2. Put the file on a disk of this machine, not on a network drive.",
            "应为 journal_mode=wal、synchronous=2。请把数据库文件放在本机磁盘，不要放在网络盘。",
        ),
    )


def postgresql_durability(version: int, settings: dict[str, str]) -> Finding:
    """Version as PostgreSQL counts it (150004); a setting that is off confirms writes which are not on disk yet."""
    return judged(
        "durability",
        DURABILITY,
        well=version >= OLDEST_POSTGRESQL and "off" not in settings.values(),
        seen=Text("PostgreSQL {version}, {settings}", "PostgreSQL 数据库 {version}，{settings}").format(
            version=version // 10000, settings=", ".join(f"{name}={value}" for name, value in settings.items())
        ),
        cure=Text(
            "Needed: version 15 or later, and {names} on. Change postgresql.conf, restart PostgreSQL.",
            "需要 15 或更高版本，且 {names} 均为 on。请修改 postgresql.conf 并重启 PostgreSQL。",
        ).format(names=", ".join(POSTGRESQL_SETTINGS)),
    )


def clocks_agree(ours: datetime, theirs: datetime) -> Finding:
    """Whether the database's clock and this machine's say the same."""
    seconds = round(abs((ours - theirs).total_seconds()), 1)
    return judged(
        "database_clock",
        Text("Database's clock", "数据库时钟"),
        well=seconds <= DRIFT_SECONDS,
        seen=Text("{seconds} s away from this machine's", "与本机相差 {seconds} 秒").format(seconds=seconds),
        cure=Text("Switch on time synchronisation (NTP) on both machines.", "请在两台机器上开启时间同步（NTP）。"),
    )


def pending_migrations() -> list[str]:
    """The migrations that the program has and the database has not, in order."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrated(pending: list[str]) -> Finding:
    """Whether the database is as new as the program."""
    return judged(
        "migrations",
        Text("Database is as new as the program", "数据库与程序版本一致"),
        well=not pending,
        seen=Text("{count} migration{count:s} pending", "待执行迁移 {count} 项").format(count=len(pending)),
        cure=Text("Make a backup, then type: closeknit migrate", "请先备份，再运行：closeknit migrate"),
    )


def _sqlite(cursor: CursorWrapper) -> Iterator[Finding]:
    journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    yield sqlite_durability(journal, cursor.execute("PRAGMA synchronous").fetchone()[0])


def _postgresql(cursor: CursorWrapper) -> Iterator[Finding]:
    cursor.execute("SELECT current_setting('server_version_num')::int, clock_timestamp()")
    version, theirs = cursor.fetchone()
    ours = clock.now()
    cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name", [list(POSTGRESQL_SETTINGS)])
    yield postgresql_durability(version, dict(cursor.fetchall()))
    yield clocks_agree(ours, theirs)


def examine() -> Iterator[Finding]:
    """All checks of the database; a single finding where it cannot be reached."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        with connection.cursor() as cursor:
            yield from (_sqlite if connection.vendor == "sqlite" else _postgresql)(cursor)
        yield migrated(pending_migrations())
    except Error as error:
        yield Finding(
            "database",
            Text("Database", "数据库"),
            State.FAILED,
            Text("not reached: {error}", "无法连接：{error}").format(error=str(error).strip().splitlines()[0]),
            Text("Look at CLOSEKNIT_DATABASE_URL, and whether the database runs.", "请检查 CLOSEKNIT_DATABASE_URL，并确认数据库已启动。"),
        )
