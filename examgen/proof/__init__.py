"""Proving questions before they are printed; `check` is the command."""

from examgen.proof.duration import Duration, duration
from examgen.proof.family import FamilyReport, prove
from examgen.proof.files import bank, exam_at, exam_of, questions_of, read
from examgen.proof.languages import incomplete_words
from examgen.proof.licences import mixed_licences
from examgen.proof.pages import sheets
from examgen.proof.whole_exam.whole import WholeExam, whole_exam

__all__ = [
    "Duration",
    "FamilyReport",
    "WholeExam",
    "bank",
    "duration",
    "exam_at",
    "exam_of",
    "incomplete_words",
    "mixed_licences",
    "prove",
    "questions_of",
    "read",
    "sheets",
    "whole_exam",
]
