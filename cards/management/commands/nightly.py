"""`manage.py nightly`: what is to be done once a day, for every learner."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cards.models import Learner
from cards.services.fitting import can_fit, fit_memory, learners_to_fit
from cards.services.readiness import record_readiness


class Command(BaseCommand):
    """Meant for cron; running it twice does nothing twice."""

    help = "Once a day: write down each learner's readiness, and fit their memory models."

    def handle(self, **options: Any) -> None:  # noqa: ARG002
        """Readiness first: it is the forecast of the memory that the day was studied with."""
        written = list(record_readiness(at=timezone.now()))
        self.stdout.write(f"{sum(written)} of {len(written)} learners: readiness written down")
        if not can_fit():
            self.stdout.write("Memory models are not fitted: install the extra “fit” for that.")
            return
        fitted = kept = 0
        for pk in learners_to_fit():
            fit = fit_memory(
                Learner.objects.select_related("settings").get(pk=pk), at=timezone.now()
            )
            fitted += fit is not None
            kept += fit is not None and fit.is_better
        self.stdout.write(f"{fitted} memory models fitted, {kept} of them better and kept")
