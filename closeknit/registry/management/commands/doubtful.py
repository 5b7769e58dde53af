"""`closeknit doubtful`: the roster rows that the import accepted with doubt."""

from closeknit.kit.text import Text
from closeknit.registry.models import RosterRow
from closeknit.registry.review.row_lists import RowList


class Command(RowList):
    """Lists the rows."""

    summary = Text("List the roster rows accepted with doubt.", "列出存疑的名册行。")
    example = "closeknit doubtful --json"
    status = RosterRow.Status.DOUBTFUL
