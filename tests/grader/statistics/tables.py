"""Small classes as arrays."""

from __future__ import annotations

import numpy as np

from grader.statistics.scores import Scores


def scores(marks: object, out_of: object, had: object = None) -> Scores:
    """Marks of a class; not a number where they wait, nothing omitted."""
    table = np.array(marks, dtype=float)
    own = np.ones(table.shape, bool) if had is None else np.array(had, dtype=bool)
    empty = np.zeros(table.shape, bool)
    return Scores(np.where(own, table, np.nan), own, empty, np.array(out_of, dtype=float))


# Four students, three items: totals 4, 2, 1, 1 with variance 2; item variances 1/3, 1/3, 2/3, so
# alpha is 3/2 * (1 - (4/3) / 2) = 1/2.
HAND = scores([[1, 1, 2], [1, 0, 1], [0, 0, 1], [0, 1, 0]], [1, 1, 2])
