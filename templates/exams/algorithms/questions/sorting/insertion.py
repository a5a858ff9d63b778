"""A list to sort: its inversions are counted, and the oracle runs the algorithm."""

from itertools import combinations, pairwise


def variant(draw):
    """Draw a list that takes some exchanges, also in its first half."""
    moves, numbers = 0, [0]
    while not 8 < moves < 17 or sorted(numbers[:4]) == numbers[:4]:
        numbers = draw.permutation(7)
        moves = sum(a > b for a, b in combinations(numbers, 2))
    return {
        "numbers": numbers,
        "after": sorted(numbers[:4]) + numbers[4:],
        "moves": moves,
        "neighbours": sum(a > b for a, b in pairwise(numbers)),
    }


def oracle(numbers):
    """Sort, and count the exchanges on the way."""
    line, exchanges, after = list(numbers), 0, []
    for i in range(1, len(line)):
        j = i
        while j and line[j - 1] > line[j]:
            line[j - 1], line[j] = line[j], line[j - 1]
            exchanges, j = exchanges + 1, j - 1
        if i == 3:
            after = line[:]
    return {"moves": exchanges, "after": after}
