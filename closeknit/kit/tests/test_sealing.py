"""Sealed values and blind indexes, in the form in which they stand in databases."""

import hmac

import pytest
from cryptography.exceptions import InvalidTag

from closeknit import environment
from closeknit.kit.sealing import blind, seal, unseal


@pytest.mark.parametrize(("value", "purpose"), [("", "id"), ("张三", "search"), ("x" * 200, "id")])
def test_a_blind_index_is_an_hmac_of_purpose_and_value(value: str, purpose: str):
    whole = hmac.digest(environment.key("index"), f"{purpose}\x00{value}".encode(), "sha256")

    assert blind(value, purpose=purpose) == whole[:16]
    assert blind(value, purpose=purpose) == whole[:16]


def test_what_is_sealed_opens_only_where_it_was_put():
    told = {"name": "张三", "phone": "19900000001"}
    one, other = seal(told, about="person|P1"), seal(told, about="person|P1")

    assert one is not None
    assert one != other
    assert unseal(one, about="person|P1") == unseal(other, about="person|P1") == told
    with pytest.raises(InvalidTag):
        unseal(one, about="person|P2")
