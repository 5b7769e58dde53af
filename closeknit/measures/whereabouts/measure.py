"""The manifest of whereabouts files: read this first. The clock writes them, `closeknit expire` destroys them, tracing reads them."""

from collections.abc import Iterator

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.whereabouts.writing import write_new

WRITTEN = Text("Whereabouts written: {n}", "行踪文件写入：{n} 条")


def by_clock() -> Iterator[Text]:
    """Brings the files up to date."""
    if written := write_new().entries:
        yield WRITTEN.format(n=written)


MEASURE = register(Measure(name="whereabouts", label=Text("Whereabouts files", "行踪文件"), by_clock=(by_clock,), order=60))
