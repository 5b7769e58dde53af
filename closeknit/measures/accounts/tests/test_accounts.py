"""Accounts: given once, changed within one's own area, closed at once."""

import re

import pytest

from closeknit.access.giving import Refused, give, one_time_password
from closeknit.access.models import Account
from tests.town import COUNTY, EAST, OTHER_COUNTY, TOWN, Cast, account


@pytest.fixture
def eva(cast: Cast, client):
    eva = account("eva", "administrator", COUNTY)
    client.force_login(eva)
    return eva


def test_a_new_account_gets_a_password_that_is_shown_once_and_must_be_changed(eva, client):
    form = {"username": "fang", "name": "方", "role": "village_secretary", "area": EAST, "member": "W2"}

    page = client.post("/accounts/new/", form).content.decode()

    password = re.search(r"[a-z]{8,12}-[a-z]{8,12}-[a-z]{8,12}", page)[0]
    made = Account.objects.get(username="fang")
    assert (made.role, made.area, made.member, made.must_change_password) == ("village_secretary", EAST, "W2", True)
    assert made.check_password(password)
    assert password not in client.get("/accounts/").content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [({"area": OTHER_COUNTY}, "area"), ({"area": "000"}, "area"), ({"username": "ana"}, "username"), ({"username": "a b"}, "username")],
)
def test_what_cannot_be_given_is_said_beside_its_field(eva, client, change, field):
    answer = client.post("/accounts/new/", {"username": "fang", "role": "town_clerk", "area": TOWN, **change})

    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.content.decode()
    assert not Account.objects.filter(username="fang").exists()


def test_a_closed_account_is_out_at_the_next_page(eva, client, cast: Cast):
    closed = client.post(f"/accounts/of/{cast.ana.username}/", {"role": cast.ana.role, "area": cast.ana.area, "name": "Ana"})

    assert closed.status_code == 302
    client.force_login(Account.objects.get(username="ana"))
    assert client.get("/account/").status_code == 302


def test_nobody_closes_their_own_account(eva, client):
    answer = client.post("/accounts/of/eva/", {"role": "administrator", "area": COUNTY})

    assert answer.status_code == 422
    assert Account.objects.get(username="eva").is_active


def test_accounts_of_another_county_are_not_there(eva, client, cast: Cast):
    assert client.get("/accounts/of/dov/").status_code == 404
    assert "dov" not in client.get("/accounts/").content.decode()


def test_a_clerk_sees_accounts_and_changes_none(cast: Cast, client):
    client.force_login(cast.ben)

    assert client.get("/accounts/").status_code == 200
    assert client.get("/accounts/new/").status_code == 403


def test_one_time_passwords_differ():
    assert len({one_time_password() for _ in range(50)}) == 50


def test_a_role_that_does_not_exist_is_refused(cast: Cast):
    with pytest.raises(Refused) as refused:
        give("gao", role="mayor", area=TOWN)

    assert refused.value.field == "role"
