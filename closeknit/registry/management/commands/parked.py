"""`closeknit parked`: the roster rows that the import set aside."""

from closeknit.kit.text import Text
from closeknit.registry.models import RosterRow
from closeknit.registry.review.row_lists import RowList


class Command(RowList):
    """Lists the rows."""

    summary = Text("List the roster rows that were set aside.", "列出搁置的名册行。")
    example = "closeknit parked --json"
    status = RosterRow.Status.PARKED
