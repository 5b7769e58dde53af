"""Teams: of any type, split from a unit, and the pairings of units and people with communities."""
