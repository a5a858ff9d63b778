"""A heap, an element to insert, and what the heap is afterwards: by heapq, and by hand."""

import heapq


def variant(draw):
    """Draw a heap, and an element that rises at least once."""
    a = draw.sample(range(10, 90), 7)
    heapq.heapify(a)
    x = draw.integers(5, a[3] - 1)
    while x in a:
        x = draw.integers(5, a[3] - 1)
    after, popped = a[:], a[:]
    heapq.heappush(after, x)
    heapq.heappop(popped)
    return {"a": a, "x": x, "after": after, "popped": popped}


def oracle(a, x):
    """Let the new element rise, and the last one sink, by exchanges."""
    after, i = [*a, x], len(a)
    while i and after[i] < after[(i - 1) // 2]:
        after[i], after[(i - 1) // 2] = after[(i - 1) // 2], after[i]
        i = (i - 1) // 2
    popped, i = [a[-1], *a[1:-1]], 0
    while True:
        below = [j for j in (2 * i + 1, 2 * i + 2) if j < len(popped) and popped[j] < popped[i]]
        if not below:
            return {"after": after, "popped": popped}
        least = min(below, key=lambda j: popped[j])
        popped[i], popped[least] = popped[least], popped[i]
        i = least
