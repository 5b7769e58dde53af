"""What others may use of deliveries: the packs of households by subtraction, and their lines; it has no kinds of its own."""

from closeknit.measures.deliveries.balances import DELIVERED, ORDERED, Balance, balances
from closeknit.measures.deliveries.lines import lines, seen

__all__ = ["DELIVERED", "ORDERED", "Balance", "balances", "lines", "seen"]
