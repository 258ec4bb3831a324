"""The question bank: reading its files, storing questions, giving them out again."""

from cards.services.bank.export import export_bank
from cards.services.bank.reader import read_bank, read_question
from cards.services.bank.store import Seeded, offer_again, seed_bank, store_question
from cards.services.bank.types import BankError, BankPoint, BankQuestion

__all__ = [
    "BankError",
    "BankPoint",
    "BankQuestion",
    "Seeded",
    "export_bank",
    "offer_again",
    "read_bank",
    "read_question",
    "seed_bank",
    "store_question",
]
