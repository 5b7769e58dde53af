"""Splink on DuckDB as its own example for FEBRL's dataset 4 sets it (`febrl4`, the detailed model), with all columns or with some.

https://moj-analytical-services.github.io/splink/demos/examples/duckdb/febrl4.html: candidates by seven rules; names by Jaro-Winkler and
how common they are, birth, number and postcode by how many letters differ, street number if it is the same; chances estimated from the
rows themselves, without the truth. Without birth and postcode the street number, the surname and what is left of the rules stand in.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

import pyarrow
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

FOUND_BY_RULES = 0.8  # so many of the true pairs the sure rules find: the example's guess
PAIRS, SEED = 1_000_000, 1
LEAST = 0.001  # probability
SWAPPED = "l.given_name = r.surname and l.surname = r.given_name"
Row = Mapping[str, str]


def linked(originals: Sequence[Row], listed: Sequence[Row], columns: frozenset[str]) -> dict[str, tuple[str, float]]:
    """The likeliest original of each listed row by its rec_id, and the weight; an original is named as `rec-561`. Of two that are as
    likely the name decides: the engine gives them in no fixed order."""
    linker = trained(originals, listed, columns)
    is_listed = {row["rec_id"] for row in listed}
    likeliest: dict[str, tuple[str, float]] = {}
    for pair in linker.inference.predict(threshold_match_probability=LEAST).as_record_list():
        one, other = pair["rec_id_l"], pair["rec_id_r"]
        row, original = (one, other) if one in is_listed else (other, one)
        found = (original.removesuffix("-org"), pair["match_weight"])
        likeliest[row] = max(found, likeliest.get(row, found), key=itemgetter(1, 0))
    return likeliest


def trained(originals: Sequence[Row], listed: Sequence[Row], columns: frozenset[str]) -> Linker:
    """A linker of the two lists whose chances are estimated."""
    rules = [rule for rule in ("date_of_birth", "soc_sec_id", "postcode") if rule in columns]
    pairs = [pair for pair in (("state", "address_1"), ("street_number", "address_1")) if columns.issuperset(pair)]
    blocks = [block_on("given_name", "surname"), SWAPPED, *map(block_on, rules), *(block_on(*pair) for pair in pairs)]
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="rec_id",
        blocking_rules_to_generate_predictions=blocks,
        comparisons=[how for column, how in comparisons().items() if column in columns],
    )
    engine = DuckDBAPI()
    linker = Linker([engine.register(table(rows, columns)) for rows in (originals, listed)], settings, log_level="ERROR")
    third = "date_of_birth" if "date_of_birth" in columns else "street_number"
    sure = [block_on("soc_sec_id"), block_on("given_name", "surname", third)]
    linker.training.estimate_probability_two_random_records_match(sure, recall=FOUND_BY_RULES)
    linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS, seed=SEED)
    for column in ("date_of_birth", "postcode") if "postcode" in columns else ("surname", "street_number"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(column), estimate_without_term_frequencies=True)
    return linker


def comparisons() -> dict[str, Any]:
    """How each column is compared."""
    return {
        "given_name": compare.NameComparison("given_name").configure(term_frequency_adjustments=True),
        "surname": compare.NameComparison("surname").configure(term_frequency_adjustments=True),
        "date_of_birth": compare.DateOfBirthComparison(
            "date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True
        ),
        "soc_sec_id": compare.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
        "street_number": compare.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        "postcode": compare.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
    }


def table(rows: Sequence[Row], columns: frozenset[str]) -> pyarrow.Table:
    """The rows as DuckDB reads them; an empty cell says nothing."""
    return pyarrow.Table.from_pylist([{column: row[column] or None for column in sorted({"rec_id", *columns})} for row in rows])
