"""The same settings for tests: quick passwords, memory cache, plain static files, own folder."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="llmprep-test-"))
os.environ.setdefault("SECRET_KEY", "only for tests: " + "0" * 50)

from llmprep.settings import *  # noqa: F403
from llmprep.settings import DATA_DIR, DATABASES

DEBUG = False
LLM_BASE_URL = LLM_API_KEY = LLM_MODEL = ""  # no test asks the model that somebody set up
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# Tests open and drop whole databases; a pool would keep them busy.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in real life: a database in memory locks differently.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
