"""Every address of the project: one block for each feature."""

from django.urls import path

from cards import http  # noqa: F401 registers the <name:…> converter
from cards.views import (
    account,
    categories,
    editor,
    exchange,
    health,
    help,  # noqa: A004
    library,
    notes,
    offline,
    progress,
    review,
    session,
    today,
    versions,
)

urlpatterns = [
    path("", today.show, name="today"),
    path("today/limits/", today.limits, name="today_limits"),
    path("today/spread/", today.spread, name="today_spread"),
    path("review/", review.session, name="review"),
    path("review/start/", session.start, name="review_start"),
    path("review/leave/", session.leave, name="review_leave"),
    path("review/undo/", review.undo, name="review_undo"),
    path("review/<name:slug>/grade/", review.grade, name="review_grade"),
    path("review/<name:slug>/suggest/", review.suggest, name="review_suggest"),
    path("review/<name:slug>/compare/", review.compare, name="review_compare"),
    path("review/<name:slug>/bury/", review.bury, name="review_bury"),
    path("review/<name:slug>/suspend/", review.suspend, name="review_suspend"),
    path("review/<name:slug>/reset/", review.reset, name="review_reset"),
    path("library/", library.index, name="library"),
    path("library/bulk/", library.bulk, name="library_bulk"),
    path("library/new/", editor.new, name="library_new"),
    path("library/preview/", editor.preview, name="library_preview"),
    path("library/categories/", categories.index, name="library_categories"),
    path("library/categories/<name:slug>/", categories.change, name="library_category"),
    path(
        "library/categories/<name:slug>/delete/", categories.delete, name="library_category_delete"
    ),
    path("library/q/<name:slug>/", library.question, name="library_question"),
    path("library/q/<name:slug>/edit/", editor.edit, name="library_edit"),
    path("library/q/<name:slug>/duplicate/", editor.duplicate, name="library_duplicate"),
    path("library/q/<name:slug>/versions/", versions.show, name="library_versions"),
    path(
        "library/q/<name:slug>/versions/restore/", versions.restore, name="library_version_restore"
    ),
    path("library/q/<name:slug>/suspend/", library.suspend, name="library_suspend"),
    path("library/q/<name:slug>/bring-back/", library.bring_back, name="library_bring_back"),
    path("library/q/<name:slug>/archive/", editor.archive, name="library_archive"),
    path("library/q/<name:slug>/restore/", editor.restore, name="library_restore"),
    path("library/q/<name:slug>/reset/", library.reset, name="library_reset"),
    path("library/q/<name:slug>/undo/", library.undo, name="library_undo"),
    path("library/q/<name:slug>/note/", notes.note, name="notes_note"),
    path("library/q/<name:slug>/flag/", notes.flag, name="notes_flag"),
    path("library/q/<name:slug>/mark/", notes.mark, name="notes_mark"),
    path("library/q/<name:slug>/tags/", notes.tags, name="notes_tags"),
    path("progress/", progress.show, name="progress"),
    path("settings/", account.settings, name="settings"),
    path("settings/planning/", account.planning, name="settings_planning"),
    path("exchange/", exchange.show, name="exchange"),
    path("export/questions/", exchange.export_questions, name="export_questions"),
    path("export/cram/", exchange.cram, name="cram"),
    path("export/cram.md", exchange.cram_markdown, name="cram_markdown"),
    path("export/json/", exchange.export_json, name="export_json"),
    path("help/", help.show, name="help"),
    path("offline/", offline.show, name="offline"),
    path("sw.js", offline.worker, name="service_worker"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
