"""Django's settings; what an operator may set stands in environment.py."""

from pathlib import Path

from closeknit import environment
from closeknit.kit.file_headers import of_files
from closeknit.kit.logs import LOGGING as LOGGING

ROOT = Path(__file__).resolve().parent

SECRET_KEY = environment.key("django").hex()
DEBUG = environment.switch("CLOSEKNIT_DEBUG")
ALLOWED_HOSTS = environment.text("CLOSEKNIT_HOSTS").split(",")
REAL_DATA = environment.text("CLOSEKNIT_REAL_DATA") == "accepted"

MEASURES = (
    "register",
    "entries",
    "found",
    "imports",
    "categorised",
    "sheets",
    "sheetentry",
    "command",
    "headquarters",
    "directives",
    "issuing",
    "tasks",
    "meetings",
    "liaison",
    "schemes",
    "parties",
    "arrivals",
    "doorknock",
    "treemap",
    "recheck",
    "campaigning",
    "lists",
    "listdoubts",
    "listintake",
    "listwork",
    "returnees",
    "riskareas",
    "away",
    "checkpoints",
    "equipment",
    "venues",
    "venueregister",
    "venueentries",
    "passes",
    "passcodes",
    "schools",
    "schoolrounds",
    "vaccination",
    "dueshots",
    "outreach",
    "library",
    "broadcasts",
    "rumours",
    "reach",
    "rights",
    "workforce",
    "staffing",
    "hours",
    "deployment",
    "teams",
    "shifts",
    "handover",
    "volunteers",
    "supervision",
    "checkplans",
    "results",
    "testing",
    "rounds",
    "roundplans",
    "sampling",
    "tubes",
    "reconciling",
    "laboratory",
    "inspections",
    "premises",
    "acts",
    "referrals",
    "legality",
    "cases",
    "supplies",
    "chains",
    "orders",
    "deliveries",
    "picking",
    "stock",
    "care",
    "helping",
    "isolation",
    "isodesk",
    "staying",
    "zones",
    "zonedesk",
    "zoning",
    "zonechecks",
    "controls",
    "investigations",
    "whereabouts",
    "tracing",
    "residents",
    "ownresult",
    "cards",
    "coldchain",
    "stores",
    "goods",
    "coldposts",
    "clinics",
    "sectors",
    "routine",
    "membership",
    "draws",
    "surfaces",
    "daily",
    "evidence",
    "upward",
    "notices",
    "channeldesk",
    "devices",
    "enrolling",
    "accounts",
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "closeknit.areas",
    "closeknit.access",
    "closeknit.policy",
    "closeknit.channels",
    "closeknit.ledger",
    "closeknit.registry",
    "closeknit.campaigns",
    "closeknit.reports",
    "closeknit.sync",
    "closeknit.paper",
    "closeknit.console",
    "closeknit.measures",
    *(f"closeknit.measures.{measure}" for measure in MEASURES),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "closeknit.console.headers.Headers",
]

ROOT_URLCONF = "closeknit.urls"
WSGI_APPLICATION = None
ASGI_APPLICATION = "closeknit.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "closeknit.console.shell.shell",
            ],
        },
    }
]

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = environment.switch("CLOSEKNIT_TLS")
SECURE_SSL_REDIRECT = environment.switch("CLOSEKNIT_TLS")
if environment.switch("CLOSEKNIT_TLS") and environment.certificate() is None:  # a web server with https stands in front
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0  # it would hold for every port of the name, and shut phones out for good when a local certificate ends
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "closeknit.console.pages.errors.stale"

LANGUAGE_CODE = environment.text("CLOSEKNIT_LANGUAGE")
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = environment.home() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ROOT = Path(environment.text("CLOSEKNIT_FIELD_APP") or ROOT.parent / "field" / "dist")  # the field app, at /field/
WHITENOISE_INDEX_FILE = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/field/assets/"
WHITENOISE_ADD_HEADERS_FUNCTION = of_files

globals().update(environment.mail())
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("CLOSEKNIT_MAIL_FROM")
OUTGOING_HOSTS = frozenset(host.strip().lower() for host in environment.text("CLOSEKNIT_OUTGOING_HOSTS").split(",") if host.strip())
OUTGOING_TO_LOOPBACK = False  # only tests speak to servers of their own

DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12_000_000  # larger files lie in the clear on the disk while they come in: a scan and most rosters do not
