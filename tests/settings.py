"""The product's settings in a fresh home of their own, whatever the shell around the tests has set."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from closeknit.environment import VARIABLES

for variable in VARIABLES:
    if variable.name != "CLOSEKNIT_DATABASE_URL":
        os.environ.pop(variable.name, None)

HOME = Path(tempfile.mkdtemp(prefix="closeknit-test-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["CLOSEKNIT_HOME"] = str(HOME)
(HOME / "static").mkdir()

from closeknit.settings import *  # noqa: E402, F403  (the environment must stand first)
from closeknit.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.db")}  # a file as in real use, not memory

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # many accounts are made; how they are kept is not what is tested
