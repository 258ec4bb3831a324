"""`manage.py nightly`: what is to be done once a day, for every learner."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cards.models import Learner
from cards.services.fitting import can_fit, fit_memory, learners_to_fit
from cards.services.readiness import learners_begun, record_for

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Meant for cron; running it twice does nothing twice, and one fault stops nobody else."""

    help = "Once a day: write down each learner's readiness, and fit their memory models."
    failed = 0

    def handle(self, **options: Any) -> None:  # noqa: ARG002
        """Readiness first: it is the forecast of the memory that the day was studied with."""
        at = timezone.now()
        written = self._each(learners_begun(), lambda one: record_for(one, at=at))
        self.stdout.write(f"{sum(written)} of {len(written)} learners: readiness written down")
        if can_fit():
            fits = self._each(learners_to_fit(), lambda one: fit_memory(one, at=at))
            kept = sum(fit is not None and fit.is_better for fit in fits)
            fitted = sum(fit is not None for fit in fits)
            self.stdout.write(f"{fitted} memory models fitted, {kept} of them better and kept")
        else:
            self.stdout.write("Memory models are not fitted: install the extra “fit” for that.")
        if self.failed:
            raise CommandError(f"{self.failed} times it failed; the log says where.")

    def _each(self, keys: Iterable[int], act: Callable[[Learner], Any]) -> list[Any]:
        """One learner after the other; what fails is logged, and the others have their turn."""
        done = []
        for pk in keys:
            try:
                done.append(act(Learner.objects.select_related("settings").get(pk=pk)))
            except Exception:
                self.failed += 1
                logger.exception("nightly failed for learner %s", pk)
        return done
