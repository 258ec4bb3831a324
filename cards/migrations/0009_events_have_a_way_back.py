"""Before this, every row of the log was an answer: going back says the same with answers alone."""

from django.db import migrations
from django.db.models import F


def as_answers(apps, schema_editor):
    """A reset becomes the undoing of what came before it; a drill an answer that was undone."""
    ReviewLog = apps.get_model("cards", "ReviewLog")
    for reset in ReviewLog.objects.filter(kind="reset", undone_at=None).order_by("id").iterator():
        before = ReviewLog.objects.filter(card=reset.card_id, id__lt=reset.pk, undone_at=None)
        before.update(undone_at=reset.reviewed_at)
    ReviewLog.objects.filter(kind="drill", undone_at=None).update(undone_at=F("reviewed_at"))
    ReviewLog.objects.filter(kind="drill").update(kind="repeat")
    events = ReviewLog.objects.filter(kind__in=["bury", "suspend", "reset"])
    events._raw_delete(schema_editor.connection.alias)  # nothing points at them


class Migration(migrations.Migration):
    dependencies = [("cards", "0008_sessions_notes_versions")]

    operations = [migrations.RunPython(migrations.RunPython.noop, as_answers)]
