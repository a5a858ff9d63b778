"""The cache of keys and values: heads that share them, and a compressed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import whole
from solvers.graph.note import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.term import Term

COUNTED = whole(1, 10**8)

kv_cache = Derivation(
    "kv_cache",
    "Memory of the cache of keys and values",
    source="Shazeer, Fast transformer decoding (2019); Ainslie et al., GQA (2023); "
    "DeepSeek-AI, DeepSeek-V2 (2024), 2.1",
    notes=(
        Note("1 GiB is $2^{30}$ bytes, 1 MiB is $2^{20}$ bytes.", ("cache_bytes", "latent_bytes")),
    ),
)
for _name, _symbol, _says in (
    ("layers", "L", "layers"),
    ("heads", "h", "heads of the queries"),
    ("kv_heads", "g", "heads of keys and values"),
    ("head_size", r"d_h", "features of a head"),
    ("tokens", "T", "tokens of a sequence"),
    ("batch", "B", "sequences"),
    ("number_bytes", "s", "bytes of a number"),
):
    kv_cache.input(_name, _symbol, _says, COUNTED)
kv_cache.input(
    "latent", "c", "numbers of the compressed cache, for a token in a layer", COUNTED, default=1
)


@kv_cache.quantity("n", "numbers of keys and values for a token in a layer")
def token_numbers(kv_heads: Term, head_size: Term) -> Term:
    return 2 * kv_heads * head_size


@kv_cache.quantity("b", "bytes for a token")
def token_bytes(token_numbers: Term, layers: Term, number_bytes: Term) -> Term:
    return token_numbers * layers * number_bytes


@kv_cache.quantity("M", "memory of the cache", unit="B")
def cache_bytes(token_bytes: Term, tokens: Term, batch: Term) -> Term:
    return token_bytes * tokens * batch


@kv_cache.quantity("r", "how many times as much multi-head attention needs")
def saving(heads: Term, kv_heads: Term) -> Term:
    return heads / kv_heads


@kv_cache.quantity("M_c", "memory of the compressed cache", unit="B")
def latent_bytes(latent: Term, layers: Term, number_bytes: Term, tokens: Term, batch: Term) -> Term:
    return latent * layers * number_bytes * tokens * batch


_wrong = kv_cache.mistake
_wrong(
    "keys_only",
    "only the keys were counted, not the values",
    share="0.25",
    token_numbers=lambda kv_heads, head_size: kv_heads * head_size,
)
_wrong(
    "all_heads",
    "keys and values were counted for each head of the queries",
    share="0.25",
    token_numbers=lambda heads, head_size: 2 * heads * head_size,
)
_wrong(
    "one_layer",
    "only one layer was counted",
    share="0.25",
    token_bytes=lambda token_numbers, number_bytes: token_numbers * number_bytes,
)
_wrong(
    "values_for_bytes",
    "the numbers were counted, not their bytes",
    share="0.5",
    token_bytes=lambda token_numbers, layers: token_numbers * layers,
)
_wrong(
    "one_sequence",
    "only one sequence of the batch was counted",
    share="0.25",
    cache_bytes=lambda token_bytes, tokens: token_bytes * tokens,
)
_wrong(
    "latent_doubled",
    "the compressed cache was counted for keys and for values; both share it",
    share="0.5",
    latent_bytes=lambda latent, layers, number_bytes, tokens, batch: (
        2 * latent * layers * number_bytes * tokens * batch
    ),
)


@kv_cache.proof
def fill_the_cache(
    layers: int,
    heads: int,
    kv_heads: int,
    head_size: int,
    tokens: int,
    batch: int,
    number_bytes: int,
    latent: int,
) -> Mapping[str, object]:
    """Ask numpy for the size of the arrays of all layers, and of those with every head."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    kind = np.dtype(f"V{number_bytes}")

    def size(*shape: int) -> int:
        return int(np.broadcast_to(np.zeros(1, dtype=kind), shape).nbytes)

    grouped, full = (size(2, batch, n, tokens, head_size) for n in (kv_heads, heads))
    return {
        "cache_bytes": sum(grouped for _ in range(layers)),
        "token_bytes": layers * size(2, kv_heads, head_size),
        "saving": full / grouped,
        "latent_bytes": sum(size(batch, tokens, latent) for _ in range(layers)),
    }
