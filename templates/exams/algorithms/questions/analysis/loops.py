"""The oracle: both programs, run."""


def oracle(n, k):
    """Count what the loops do."""
    total, rounds, m = 0, 0, n
    for i in range(1, n + 1):
        for _ in range(i):
            total += 1
    while m >= 1:
        m //= k
        rounds += 1
    return {"steps": total, "fast": rounds}
