"""Lomuto's partition, and the oracle that moves elements instead of exchanging them."""


def variant(draw):
    """Draw a list whose pivot goes somewhere in the middle."""
    numbers = draw.sample(range(10, 90), 8)
    while not 2 <= sum(x < numbers[-1] for x in numbers) <= 5:
        numbers = draw.sample(range(10, 90), 8)
    a, i = numbers[:], 0
    for j in range(len(a) - 1):
        if a[j] < a[-1]:
            a[i], a[j] = a[j], a[i]
            i += 1
    kept = a[:]
    a[i], a[-1] = a[-1], a[i]
    return {"numbers": numbers, "after": a, "kept": kept, "place": i}


def oracle(numbers):
    """Keep a queue of large elements: the first goes to its end whenever a small one passes."""
    *rest, pivot = numbers
    small, large = [], []
    for x in rest:
        if x < pivot:
            small.append(x)
            large = large[1:] + large[:1]
        else:
            large.append(x)
    after = [*small, pivot, *large[1:], *large[:1]]
    return {"after": after, "place": len(small)}
