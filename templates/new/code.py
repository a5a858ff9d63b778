"""Values of the question beside this file, and the oracle by which `examgen check` proves them."""

from itertools import combinations, pairwise


def variant(draw):
    """Draw requests for a room; every number comes from draw."""
    starts = draw.integers(8, 16, 7)
    times = [[start, start + draw.integers(1, 4)] for start in starts]
    taken, end = 0, 0
    for start, stop in sorted(times, key=lambda time: time[1]):
        if start >= end:
            taken, end = taken + 1, stop
    return {"times": times, "longest": taken}


def oracle(times):
    """Try all choices of requests, where variant takes the one that ends first."""

    def fit(chosen):
        ordered = sorted(chosen)
        return all(one[1] <= other[0] for one, other in pairwise(ordered))

    sizes = range(len(times), 0, -1)
    return {"longest": next(n for n in sizes if any(map(fit, combinations(times, n))))}
