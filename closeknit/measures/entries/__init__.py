"""One entry of the register and one record: a household, a person, an event, and putting them right."""
