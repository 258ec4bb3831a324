"""The library: every question a learner can see, and writing one's own."""

from cards.services.library.bulk import DEEDS, Done, do_to_all
from cards.services.library.categories import (
    HUES,
    MOST_CATEGORIES,
    CategoryRefusedError,
    OwnCategory,
    category_choices,
    change_category,
    create_category,
    delete_category,
    own_categories,
    own_category,
)
from cards.services.library.copy import Copied, copy_of, copy_question, shared_question
from cards.services.library.differences import Differences
from cards.services.library.filters import FLAGS, SORTS, STATES, SWITCHES, LibraryFilter
from cards.services.library.page import PointRow, QuestionPage, question_page
from cards.services.library.row import LibraryRow
from cards.services.library.shelf import Library, ShelfRow, library
from cards.services.library.versions import (
    VersionHistory,
    VersionRow,
    changes_of,
    restore_version,
    version_history,
)
from cards.services.library.write import (
    MAX_OWN_QUESTIONS,
    ChangedError,
    QuotaError,
    answer_preview,
    change_question,
    last_place,
    own_question,
    point_key,
    set_archived,
    write_question,
)

__all__ = [
    "DEEDS",
    "FLAGS",
    "HUES",
    "MAX_OWN_QUESTIONS",
    "MOST_CATEGORIES",
    "SORTS",
    "STATES",
    "SWITCHES",
    "CategoryRefusedError",
    "ChangedError",
    "Copied",
    "Differences",
    "Done",
    "Library",
    "LibraryFilter",
    "LibraryRow",
    "OwnCategory",
    "PointRow",
    "QuestionPage",
    "QuotaError",
    "ShelfRow",
    "VersionHistory",
    "VersionRow",
    "answer_preview",
    "category_choices",
    "change_category",
    "change_question",
    "changes_of",
    "copy_of",
    "copy_question",
    "create_category",
    "delete_category",
    "do_to_all",
    "last_place",
    "library",
    "own_categories",
    "own_category",
    "own_question",
    "point_key",
    "question_page",
    "restore_version",
    "set_archived",
    "shared_question",
    "version_history",
    "write_question",
]
