"""The table of what is searched, and over it the index that each database has for text.

SQLite: an FTS5 table that three triggers keep. PostgreSQL: three generated columns, each for one
more kind of field, with GIN indexes. The table is filled by `manage.py seed`, which `serve` runs,
or by `manage.py reindex`.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


FIELDS = ("audience", "prompt", "points", "answer", "rest")
WORDS, OLD, NEW = (
    ", ".join(f"{row}{name}" for name in FIELDS) for row in ("", "old.", "new.")
)
FORGET = f"INSERT INTO cards_searchindex (cards_searchindex, rowid, {WORDS}) VALUES ('delete', old.id, {OLD});"
LEARN = f"INSERT INTO cards_searchindex (rowid, {WORDS}) VALUES (new.id, {NEW});"
SQLITE = (
    f"CREATE VIRTUAL TABLE cards_searchindex USING fts5({WORDS}, content='cards_searchentry', "
    "content_rowid='id', tokenize='ascii', prefix='2 3 4')",
    f"CREATE TRIGGER cards_searchentry_added AFTER INSERT ON cards_searchentry BEGIN {LEARN} END",
    f"CREATE TRIGGER cards_searchentry_gone AFTER DELETE ON cards_searchentry BEGIN {FORGET} END",
    f"CREATE TRIGGER cards_searchentry_changed AFTER UPDATE ON cards_searchentry BEGIN {FORGET} {LEARN} END",
)
SQLITE_BACK = (
    "DROP TRIGGER cards_searchentry_added",
    "DROP TRIGGER cards_searchentry_gone",
    "DROP TRIGGER cards_searchentry_changed",
    "DROP TABLE cards_searchindex",
)
# The words hold nothing but letters and digits, so `simple` takes each as it stands.
VECTORS = {
    "in_prompt": {"audience": "D", "prompt": "A"},
    "in_points": {"audience": "D", "prompt": "A", "points": "B"},
    "in_all": {"audience": "D", "prompt": "A", "points": "B", "answer": "C", "rest": "D"},
}


def lay_index(apps, schema_editor):
    """Lay the index of this database over the table."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE:
            schema_editor.execute(statement, None)
        return
    for vector, fields in VECTORS.items():
        words = " || ".join(
            f"setweight(to_tsvector('simple', {name}), '{weight}')" for name, weight in fields.items()
        )
        schema_editor.execute(
            f"ALTER TABLE cards_searchentry ADD COLUMN {vector} tsvector "
            f"GENERATED ALWAYS AS ({words}) STORED", None
        )
        schema_editor.execute(
            f"CREATE INDEX cards_searchentry_{vector} ON cards_searchentry USING gin ({vector})", None
        )


def take_index_away(apps, schema_editor):
    """Take it away again; on PostgreSQL it goes with the table."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE_BACK:
            schema_editor.execute(statement, None)


class Migration(migrations.Migration):

    dependencies = [
        ('cards', '0009_events_have_a_way_back'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='question', name='question_in_bank_order'),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['category', 'position', 'id', 'owner', 'archived_at'], name='question_on_shelf'),
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_note', models.BooleanField(default=False)),
                ('edition', models.PositiveSmallIntegerField(help_text='Of the rules for words it was made by.')),
                ('audience', models.CharField(help_text='The reader as a word of the index.', max_length=24)),
                ('prompt', models.TextField(blank=True)),
                ('points', models.TextField(blank=True)),
                ('answer', models.TextField(blank=True)),
                ('rest', models.TextField(blank=True)),
                ('passages', models.JSONField(default=list, help_text='Field, heading and plain text of each.')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='cards.question')),
                ('reader', models.ForeignKey(blank=True, db_index=False, help_text='The only one who finds it: owner or writer; nobody: everybody does.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'search entries',
                'indexes': [models.Index(fields=['id', 'reader', 'question'], name='search_entry_slim'), models.Index(condition=models.Q(('reader__isnull', False)), fields=['reader'], name='search_entry_by_reader'), models.Index(fields=['is_note', 'edition'], name='search_entry_by_edition')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_note', False)), fields=('question',), name='search_entry_of_question'), models.UniqueConstraint(condition=models.Q(('is_note', True)), fields=('question', 'reader'), name='search_entry_of_note')],
            },
        ),
        migrations.RunPython(lay_index, take_index_away),
    ]
