"""What runs the analyses: DuckDB on one machine, Apache Spark on several. Both take the same text."""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from closeknit.measures.whereabouts.analyses import ENTRIES, Rows

SPARK_TYPES = {"VARCHAR": "string", "BIGINT": "bigint"}


class Duck:
    """DuckDB in this process and in memory; it writes nothing to a disk, so that no row lies in the clear where it spills."""

    def __init__(self, threads: int = 0) -> None:
        import duckdb  # slow to load

        self.connection = duckdb.connect(config={"temp_directory": "", "threads": threads} if threads else {"temp_directory": ""})

    def read(self, files: Sequence[str]) -> None:
        """`entries` are the rows of these files."""
        if files:
            self.connection.read_parquet(list(files)).create_view("entries", replace=True)
        else:
            self.hold("entries", ENTRIES, ())

    def hold(self, name: str, columns: Mapping[str, str], rows: Rows) -> None:
        """Columns go in as lists: a row at a time takes a hundred times as long."""
        self.connection.execute(f"DROP VIEW IF EXISTS {name}") if self._is_view(name) else None
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} ({', '.join(f'{each} {type_}' for each, type_ in columns.items())})")
        if rows:
            lists = [list(column) for column in zip(*rows, strict=True)]
            unnested = ", ".join(f"unnest(?::{type_}[])" for type_ in columns.values())
            self.connection.execute(f"INSERT INTO {name} SELECT {unnested}", lists)

    def _is_view(self, name: str) -> bool:
        return bool(self.connection.execute("SELECT 1 FROM duckdb_views() WHERE view_name = ?", [name]).fetchall())

    def ask(self, text: str, **values: int) -> Rows:
        """DuckDB marks a value by a dollar."""
        named = re.sub(r":(\w+)", r"$\1", text)
        return self.connection.execute(named, values).fetchall() if values else self.connection.execute(named).fetchall()


class Spark:
    """A session of Apache Spark; its workers read the files themselves."""

    def __init__(self, session: Any) -> None:
        self.session = session

    def read(self, files: Sequence[str]) -> None:
        """`entries` are the rows of these files."""
        if files:
            self.session.read.parquet(*(f"file://{file}" for file in files)).createOrReplaceTempView("entries")
        else:
            self.hold("entries", ENTRIES, ())

    def hold(self, name: str, columns: Mapping[str, str], rows: Rows) -> None:
        """A view of the rows."""
        schema = ", ".join(f"{each} {SPARK_TYPES[type_]}" for each, type_ in columns.items())
        self.session.createDataFrame(list(rows), schema).createOrReplaceTempView(name)

    def ask(self, text: str, **values: int) -> Rows:
        """Spark marks a value by a colon."""
        return [tuple(row) for row in self.session.sql(text, args=values).collect()]


@contextmanager
def spark(master: str = "local-cluster[2,1,1024]", **settings: str) -> Iterator[Spark]:
    """Within the block a Spark of several processes on this machine, or the one at `master`. Needs Java 17 and pyspark (`make scale`).

    What its processes say to each other is encrypted and needs a secret that is made anew; no page of its own is served.
    """
    from pyspark.sql import SparkSession  # an optional package

    fixed = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.authenticate": "true", "spark.authenticate.secret": secrets.token_hex(32), "spark.network.crypto.enabled": "true",
        "spark.io.encryption.enabled": "true",
        "spark.sql.shuffle.partitions": "2", "spark.log.level": "ERROR",
    }  # fmt: skip
    builder = SparkSession.builder.master(master).appName("closeknit")
    for name, value in (fixed | settings).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield Spark(session)
    finally:
        session.stop()
