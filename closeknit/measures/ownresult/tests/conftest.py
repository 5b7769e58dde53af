"""The cards and posters of the residents' tests."""

from closeknit.measures.residents.tests.conftest import card, poster, resident

__all__ = ["card", "poster", "resident"]
