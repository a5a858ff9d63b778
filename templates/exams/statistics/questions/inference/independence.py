"""A table of two rows and three columns, its chi-square statistic and what follows from it."""

import numpy as np


def variant(draw):
    """Draw a table of which the test is not close to its critical value."""
    while True:
        table = np.array([[draw.integers(12, 40) for _ in range(3)] for _ in range(2)])
        expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
        chi2 = float(((table - expected) ** 2 / expected).sum())
        if 1 < chi2 < 20 and abs(chi2 - 5.991) > 0.5:
            break
    return {
        "good": table[0],
        "bad": table[1],
        "expected": float(expected[0, 0]),
        "df": 2,
        "chi2": chi2,
        "rejected": int(chi2 > 5.991),
    }


def oracle(good, bad):
    """Compute it by the shortcut n (sum of O^2 / (row sum times column sum) - 1)."""
    n = sum(good) + sum(bad)
    columns = [a + b for a, b in zip(good, bad, strict=True)]
    parts = [
        cell**2 / (sum(row) * column)
        for row in (good, bad)
        for cell, column in zip(row, columns, strict=True)
    ]
    chi2 = n * (sum(parts) - 1)
    return {
        "expected": sum(good) * columns[0] / n,
        "df": (2 - 1) * (len(columns) - 1),
        "chi2": chi2,
        "rejected": int(chi2 > 5.991),
    }
