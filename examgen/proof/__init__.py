"""Proving questions before they are printed; `check` is the command."""

from examgen.proof.family import FamilyReport, prove
from examgen.proof.files import bank, one_question_exam, questions_of

__all__ = ["FamilyReport", "bank", "one_question_exam", "prove", "questions_of"]
