"""The staff's side: the shared bank, accounts, and what is missed most. Nothing a learner wrote."""

import allauth.account.admin  # noqa: F401
import django.contrib.auth.admin  # noqa: F401 before ours, which takes its tables out
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group

from cards.admin import category, learner, question  # noqa: F401 they register themselves

admin.site.site_header = "LLMPrep staff"
admin.site.site_title = "LLMPrep staff"
admin.site.index_title = "The shared bank"

# Rights are two ticks on an account, and addresses are the learners' own.
for model in (Group, EmailAddress):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
