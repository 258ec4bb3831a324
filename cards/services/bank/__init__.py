"""The question bank: reading its files, storing questions, giving them out again."""

from cards.services.bank.check import BankReport, check_bank, known_ids, question_faults
from cards.services.bank.content import content_of, entry_of, points_as_written
from cards.services.bank.export import export_bank
from cards.services.bank.missed import Missed, MostMissed, most_missed
from cards.services.bank.reader import is_web_address, parse_question, read_bank, read_question
from cards.services.bank.staff import (
    ChangedMeanwhileError,
    SharedEdit,
    has_history,
    set_shared_archived,
    write_shared,
)
from cards.services.bank.store import (
    RANK_STEP,
    Place,
    Seeded,
    offer_again,
    seed_bank,
    store_question,
)
from cards.services.bank.types import BankError, BankPoint, BankQuestion

__all__ = [
    "RANK_STEP",
    "BankError",
    "BankPoint",
    "BankQuestion",
    "BankReport",
    "ChangedMeanwhileError",
    "Missed",
    "MostMissed",
    "Place",
    "Seeded",
    "SharedEdit",
    "check_bank",
    "content_of",
    "entry_of",
    "export_bank",
    "has_history",
    "is_web_address",
    "known_ids",
    "most_missed",
    "offer_again",
    "parse_question",
    "points_as_written",
    "question_faults",
    "read_bank",
    "read_question",
    "seed_bank",
    "set_shared_archived",
    "store_question",
    "write_shared",
]
