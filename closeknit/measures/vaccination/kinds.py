"""What can be said of vaccinations."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Field, Quantity, Words
from closeknit.ledger.kinds import Said, kind


@kind("vaccination.given", Text("Dose given", "疫苗接种"), retention="health", needs=("person",), may=("place",), examples=({"dose": 1},))
class Given(Said):
    """A dose was given."""

    dose: Annotated[Quantity, Field(Text("Which dose", "第几剂"), "health")]
    vaccine: Annotated[Words, Field(Text("Vaccine", "疫苗"), "health")] = ""
    site: Annotated[Words, Field(Text("Site", "接种点"))] = ""
