"""Taking in what students handed in, in whatever form it comes.

`collect` holds it together; `detect` knows what kind of file it is, and each kind has a file.
"""

from grader.intake.collect import Intake, read_files, take_in
from grader.intake.columns import read_columns
from grader.intake.exceptions import FILE as EXCEPTIONS
from grader.intake.exceptions import exceptions
from grader.records.printed import read_printed

__all__ = [
    "EXCEPTIONS",
    "Intake",
    "exceptions",
    "read_columns",
    "read_files",
    "read_printed",
    "take_in",
]
