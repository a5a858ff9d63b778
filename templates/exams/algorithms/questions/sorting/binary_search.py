"""A sorted list and a number to look for, which is not always there."""

from math import ceil, log2


def variant(draw):
    """Draw a list of which three elements at least are compared."""
    probes = []
    while len(probes) < 3:
        numbers = sorted(draw.sample(range(2, 99), 12))
        wanted = draw.choice(numbers) + draw.integers(0, 1)
        probes, low, high = [], 0, len(numbers) - 1
        while low <= high:
            middle = (low + high) // 2
            probes.append(numbers[middle])
            if numbers[middle] == wanted:
                break
            low, high = (middle + 1, high) if numbers[middle] < wanted else (low, middle - 1)
    n = draw.choice([100, 200, 500, 1000, 2000])
    return {
        "numbers": numbers,
        "wanted": wanted,
        "probes": probes,
        "n": n,
        "most": ceil(log2(n + 1)),
    }


def oracle(numbers, wanted, n):
    """Search by slices of the list, and count how often a length can be halved."""
    probes, left = [], numbers
    while left:
        middle = (len(left) - 1) // 2
        probes.append(left[middle])
        if left[middle] == wanted:
            break
        left = left[middle + 1 :] if left[middle] < wanted else left[:middle]
    return {"probes": probes, "most": n.bit_length()}
