"""`manage.py nightly`: what is to be done once a day, for everybody; run it from cron."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cards.services.readiness import record_readiness


class Command(BaseCommand):
    """Writes each learner's readiness down; run twice on a study day it changes nothing."""

    help = "Write down each learner's readiness of this study day. Meant for cron, once a day."

    def handle(self, **options: Any) -> None:  # noqa: ARG002
        """Go through all learners and say how many forecasts were written."""
        written = list(record_readiness(at=timezone.now()))
        self.stdout.write(f"readiness: {sum(written)} written, {len(written)} learners looked at")
