"""Who learns, and how they want to."""

from __future__ import annotations

from datetime import date, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from cards.scheduling import (
    DEFAULT_MEMORY,
    DEFAULT_RETENTION,
    DEFAULT_SCHEDULER,
    HIGHEST_RETENTION,
    LOWEST_RETENTION,
    Limits,
    MemoryModel,
    Scheduler,
    Spread,
    StudyClock,
    scheduler_named,
)

PER_CENT = 100
RETENTION_RANGE = (round(PER_CENT * LOWEST_RETENTION), round(PER_CENT * HIGHEST_RETENTION))
USUAL_RETENTION = round(PER_CENT * DEFAULT_RETENTION)


USUAL_MINUTES = 15
MOST_MINUTES, MOST_MEETINGS = 600, 9


class LearnerManager(BaseUserManager["Learner"]):
    """Makes learners together with their settings: neither is any use alone."""

    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Learner:
        """Make a learner; without a password they cannot sign in until they reset it."""
        zone = fields.pop("time_zone", "UTC")
        learner = self.model(email=self.normalize_email(email).lower(), **fields)
        learner.set_password(password)
        learner.save(using=self._db)
        StudySettings.objects.create(learner=learner, time_zone=zone)
        return learner

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Learner:
        """Make a learner who may also use the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Learner(AbstractBaseUser, PermissionsMixin):
    """The user model: a person who signs in by e-mail."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = LearnerManager()

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("email"), name="learner_email_any_case_unique"),
        )

    def __str__(self) -> str:
        return self.email

    def get_short_name(self) -> str:
        """Return what the person wants to be called."""
        return self.name


class StudySettings(models.Model):
    """One row for each learner; every limit is per study day."""

    learner = models.OneToOneField(
        Learner, on_delete=models.CASCADE, primary_key=True, related_name="settings"
    )
    time_zone = models.CharField(max_length=64, default="UTC")
    day_start = models.TimeField(default=time(4))
    new_per_day = models.PositiveSmallIntegerField(default=10)
    reviews_per_day = models.PositiveSmallIntegerField(default=200)
    scheduler = models.CharField(max_length=16, default=DEFAULT_SCHEDULER)
    desired_retention = models.PositiveSmallIntegerField(
        default=USUAL_RETENTION, help_text="Per cent; FSRS plans by it."
    )
    spreads_intervals = models.BooleanField(
        default=False, help_text="Equal intervals are moved to the days around them."
    )
    memory_parameters = models.JSONField(
        null=True, blank=True, help_text="FSRS’s 21, fitted to this learner; null: the defaults."
    )
    memory_fit = models.JSONField(
        null=True, blank=True, help_text="What the last fitting found, whether or not it was kept."
    )
    rebuilt_after = models.BigIntegerField(
        default=0, help_text="The newest review when all cards were last rebuilt from their log."
    )
    interview_on = models.DateField(null=True, blank=True)
    minutes_per_day = models.PositiveSmallIntegerField(
        default=USUAL_MINUTES, help_text="On a usual day; the plan for the interview keeps to it."
    )
    meetings_each = models.PositiveSmallIntegerField(
        default=3, help_text="On how many days each question is met before the interview."
    )
    weekday_shares = models.JSONField(
        default=list, blank=True, help_text="Per cent of the minutes, from Monday; empty: all 100."
    )
    category_weights = models.JSONField(
        default=dict, blank=True, help_text="Per cent by category; 0 is out of scope, none is 100."
    )
    uses_keys = models.BooleanField(default=True, help_text="Single keys act during a review.")
    shows_timer = models.BooleanField(default=True, help_text="The time since the question came.")
    shows_labels = models.BooleanField(default=True, help_text="Grade buttons show their dates.")
    limits_on = models.DateField(
        null=True, blank=True, help_text="The study day for which the two limits below hold."
    )
    new_today = models.PositiveSmallIntegerField(null=True, blank=True)
    reviews_today = models.PositiveSmallIntegerField(null=True, blank=True)
    spread_until = models.DateField(
        null=True, blank=True, help_text="The last study day over which a backlog is spread."
    )
    spread_per_day = models.PositiveSmallIntegerField(null=True, blank=True)
    new_from_rank = models.PositiveIntegerField(
        default=0, help_text="No unmet question stands before this rank: where looking begins."
    )

    class Meta:
        verbose_name_plural = "study settings"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(new_per_day__lte=999, reviews_per_day__lte=9999),
                name="study_settings_limits_in_range",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    minutes_per_day__range=(1, MOST_MINUTES),
                    meetings_each__range=(1, MOST_MEETINGS),
                ),
                name="study_settings_plan_in_range",
            ),
            models.CheckConstraint(
                condition=models.Q(new_today=None) | models.Q(new_today__lte=999),
                name="study_settings_new_today_in_range",
            ),
            models.CheckConstraint(
                condition=models.Q(reviews_today=None) | models.Q(reviews_today__lte=9999),
                name="study_settings_reviews_today_in_range",
            ),
            models.CheckConstraint(
                condition=models.Q(desired_retention__range=RETENTION_RANGE),
                name="study_settings_retention_in_range",
            ),
        )

    def __str__(self) -> str:
        return f"settings of learner {self.learner_id}"

    def minutes_on(self, weekday: int) -> float:
        """The minutes of a usual Monday (0) to Sunday (6)."""
        shares = self.weekday_shares
        return self.minutes_per_day * (shares[weekday] / 100 if len(shares) == 7 else 1.0)

    @property
    def clock(self) -> StudyClock:
        """The learner's study days."""
        return StudyClock(ZoneInfo(self.time_zone), self.day_start)

    def limits_for(self, on: date) -> Limits:
        """The limits of one study day: its own if it has some, else the usual ones."""
        new, reviews = self.new_per_day, self.reviews_per_day
        if self.spread_per_day is not None and self.spread_until and on <= self.spread_until:
            reviews = min(reviews, self.spread_per_day)
        if self.limits_on == on:
            new = new if self.new_today is None else self.new_today
            reviews = reviews if self.reviews_today is None else self.reviews_today
        return Limits(new, reviews)

    @property
    def memory(self) -> MemoryModel:
        """How well this learner remembers: fitted to them, or as most people do."""
        fitted = self.memory_parameters
        return MemoryModel(tuple(fitted)) if fitted else DEFAULT_MEMORY

    @property
    def planner(self) -> Scheduler:
        """The scheduler that plans this learner's cards, before any spreading."""
        retention = self.desired_retention / PER_CENT
        return scheduler_named(self.scheduler, memory=self.memory, desired_retention=retention)

    def planner_for(self, question_id: int) -> Scheduler:
        """The scheduler as it plans one card, whether or not the card has a row yet."""
        if not self.spreads_intervals:
            return self.planner
        return Spread(self.planner, f"{self.learner_id}/{question_id}")
