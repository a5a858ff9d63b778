"""Proving questions before they are printed; `check` is the command."""

from examgen.proof.family import FamilyReport, prove
from examgen.proof.files import bank, exam_of, questions_of, read

__all__ = ["FamilyReport", "bank", "exam_of", "prove", "questions_of", "read"]
