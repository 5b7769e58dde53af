"""One rule of scope for the list and for the object."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.access.models import Account
from closeknit.access.scope import can, in_scope, visible
from closeknit.areas.models import Area


def test_the_list_and_the_object_agree_on_every_pair_of_account_and_area(tree, account):
    accounts = [account(f"a{number}", "town_clerk", area) for number, area in enumerate([*tree, "", "999999"])]
    accounts += [account("closed", "town_clerk", "43", is_active=False), AnonymousUser(), None]

    for reader in accounts:
        listed = set(visible(Area.objects.all(), reader, field="code").values_list("code", flat=True))
        assert listed == {code for code in tree if in_scope(reader, code)}


def test_an_account_sees_its_area_and_everything_below_it(tree, account):
    ben = account("ben", "town_clerk", "433122108")

    seen = set(visible(Area.objects.all(), ben, field="code").values_list("code", flat=True))

    assert seen == {"433122108", "433122108001", "433122108001-1", "433122108002"}


def test_dov_of_another_county_sees_nothing_of_ours(tree, account):
    dov = account("dov", "county_supervisor", "433101")

    assert not any(in_scope(dov, code) for code in tree if code.startswith("433122"))
    assert in_scope(dov, "433101001")


@pytest.mark.parametrize("code", ["", None, "nowhere", "%", "4331_2", "/", "43312"])
def test_an_area_that_does_not_exist_is_in_nobodys_scope(tree, account, code):
    assert not in_scope(account("top", "administrator", "43"), code)


@pytest.mark.parametrize("area", ["%", "_", "/", "43312", "433122108001/"])
def test_an_account_whose_area_is_not_a_code_sees_nothing(tree, account, area):
    assert not visible(Area.objects.all(), account("odd", "administrator", area), field="code").exists()


def test_a_retired_area_is_seen_no_more(tree, account):
    ben = account("ben", "town_clerk", "433122108")
    Area.objects.filter(code="433122108002").update(retired_at=Area.objects.first().learned_at)

    assert not in_scope(ben, "433122108002")


def test_visible_filters_in_one_statement(tree, account):
    ben = account("ben", "town_clerk", "433122108")

    with CaptureQueriesContext(connection) as queries:
        list(visible(Area.objects.all(), ben, field="code"))

    assert len(queries) == 1


def test_a_permission_holds_only_within_scope(tree, account):
    ana = account("ana", "grid_worker", "433122108001")

    assert can(ana, "doorknock.record", "433122108001")
    assert not can(ana, "doorknock.record", "433122108002")
    assert not can(ana, "doorknock.manage", "433122108001")
    assert not can(ana, "doorknock.record", "")


@pytest.mark.parametrize("who", [None, AnonymousUser(), Account(username="x", role="administrator", area="43", is_active=False)])
def test_nobody_and_closed_accounts_may_nothing(tree, who):
    assert not can(who, "access.manage")
    assert list(visible(Area.objects.all(), who, field="code")) == []


def test_a_role_that_is_not_in_the_table_may_nothing(account):
    assert not can(account("odd", "emperor", "43"), "registry.view")
