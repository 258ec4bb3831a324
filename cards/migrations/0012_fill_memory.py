"""Fills the memory of existing cards from their log; what is undone up to here is replayed."""

from collections import defaultdict

from django.db import migrations
from django.db.models import Max

from cards.scheduling import SCHEDULING, Sm2, replay

CHUNK = 500


def fill(apps, schema_editor):
    """Go through the cards in chunks; the memory is the same whatever scheduler planned them."""
    Card = apps.get_model("cards", "Card")
    ReviewLog = apps.get_model("cards", "ReviewLog")
    StudySettings = apps.get_model("cards", "StudySettings")
    last = 0
    while cards := list(Card.objects.filter(pk__gt=last).order_by("pk").only("pk")[:CHUNK]):
        last = cards[-1].pk
        events = defaultdict(list)
        logs = ReviewLog.objects.filter(card__in=cards, kind__in=SCHEDULING, undone_at=None)
        for card, quality, on in logs.order_by("id").values_list("card", "quality", "study_date"):
            events[card].append((quality, on))
        for card in cards:
            state = replay(Sm2(), events[card.pk])
            card.stability, card.difficulty = state.stability, state.difficulty
        Card.objects.bulk_update(cards, ["stability", "difficulty"])
    newest = ReviewLog.objects.order_by().values_list("learner").annotate(newest=Max("pk"))
    for learner, review in newest.iterator(chunk_size=2000):
        StudySettings.objects.filter(pk=learner).update(rebuilt_after=review)


class Migration(migrations.Migration):
    dependencies = [("cards", "0011_memory_and_schedulers")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
