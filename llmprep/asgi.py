"""The server's other way in, for streams."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llmprep.settings")
application = get_asgi_application()
