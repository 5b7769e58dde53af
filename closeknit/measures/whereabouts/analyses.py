"""The analyses, each written once: SQL that DuckDB and Spark both run over the same rows.

entries(place, at_s, kind, pseudonym): who came where, at which second since 1970. asked(case_id, pseudonym, from_s, until_s): the
pseudonyms of each case's person, one a day, and from when until when they count. visits(case_id, place, at_s): where those were.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

ENTRIES = {"place": "VARCHAR", "at_s": "BIGINT", "kind": "VARCHAR", "pseudonym": "BIGINT"}
ASKED = {"case_id": "VARCHAR", "pseudonym": "BIGINT", "from_s": "BIGINT", "until_s": "BIGINT"}
VISITS = {"case_id": "VARCHAR", "place": "VARCHAR", "at_s": "BIGINT"}

OWN_VISITS = """
SELECT asked.case_id, entries.place, entries.at_s
FROM entries JOIN asked ON entries.pseudonym = asked.pseudonym
WHERE entries.at_s BETWEEN asked.from_s AND asked.until_s
"""

# Everybody within :window_s seconds of a visit at the same place. Slots as long as the window make it a join on equal values: what is so
# near lies in the same slot or in a neighbouring one.
PRESENT = """
WITH slots AS (
  SELECT case_id, place, at_s, CAST(floor(at_s / :window_s) AS BIGINT) + step AS slot
  FROM visits CROSS JOIN (SELECT -1 AS step UNION ALL SELECT 0 AS step UNION ALL SELECT 1 AS step) AS steps
)
SELECT slots.case_id, entries.place, entries.at_s, entries.kind, entries.pseudonym, MIN(ABS(entries.at_s - slots.at_s)) AS apart_s
FROM entries JOIN slots ON entries.place = slots.place AND CAST(floor(entries.at_s / :window_s) AS BIGINT) = slots.slot
LEFT JOIN asked ON asked.case_id = slots.case_id AND asked.pseudonym = entries.pseudonym
WHERE ABS(entries.at_s - slots.at_s) <= :window_s AND asked.pseudonym IS NULL
GROUP BY slots.case_id, entries.place, entries.at_s, entries.kind, entries.pseudonym
"""

# For many cases: how many entries of how many persons there were; who was there on two days counts twice, as two pseudonyms.
NUMBERS = f"""
SELECT case_id, COUNT(*) AS entries, COUNT(DISTINCT pseudonym) AS persons
FROM ({PRESENT}) AS present
GROUP BY case_id
"""  # noqa: S608 made of the text above, of nothing that somebody says

HOURS = """
SELECT place, CAST(floor(at_s / 3600) AS BIGINT) AS hour, kind, COUNT(*) AS entries, COUNT(DISTINCT pseudonym) AS persons
FROM entries
GROUP BY place, CAST(floor(at_s / 3600) AS BIGINT), kind
"""

Rows = Sequence[tuple[Any, ...]]


class Engine(Protocol):
    """What runs an analysis: DuckDB in this process, or Spark in many."""

    def read(self, files: Sequence[str]) -> None:
        """From now on `entries` is what stands in these Parquet files."""

    def hold(self, name: str, columns: Mapping[str, str], rows: Rows) -> None:
        """From now on the table `name` holds these rows."""

    def ask(self, text: str, **values: int) -> Rows:
        """The rows that a text gives; `:name` in it is a value."""


def co_presence(engine: Engine, asked: Rows, *, window_s: int, text: str = PRESENT) -> Rows:
    """Who was within the window where the asked were, over whatever the engine has read; `text` is PRESENT or NUMBERS."""
    engine.hold("asked", ASKED, asked)
    engine.hold("visits", VISITS, engine.ask(OWN_VISITS))
    return engine.ask(text, window_s=window_s)
