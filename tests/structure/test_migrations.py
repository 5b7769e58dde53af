"""The tables are what the models say: no change waits for a migration, and Django finds nothing wrong."""

from contextlib import suppress
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_no_change_of_a_model_is_without_its_migration():
    told = StringIO()

    with suppress(SystemExit):
        call_command("makemigrations", check_changes=True, dry_run=True, stdout=told)

    assert told.getvalue().strip() == "No changes detected"


def test_django_finds_nothing_wrong():
    assert [str(each) for each in run_checks()] == []
