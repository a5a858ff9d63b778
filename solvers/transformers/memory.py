"""Memory of training: mixed precision, sharding over devices, and low-rank adapters."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, whole
from solvers.graph.note import Note
from solvers.graph.term import Condition, Term, floor

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNTED = whole(1, 10**8)
PARAMETERS = whole(1, 10**13)
RAJBHANDARI = "Rajbhandari et al., ZeRO (2020), 3.1 and 5"
DECIMAL = Note("1 GB is $10^9$ bytes. Activations are not counted.", ("state_bytes",))

training_memory = Derivation(
    "training_memory",
    "Memory of weights, gradients and optimizer in training",
    source=f"Micikevicius et al., Mixed precision training (2018); {RAJBHANDARI}",
    notes=(DECIMAL,),
)
training_memory.input("parameters", "N", "parameters", PARAMETERS)
training_memory.input("moments", "k", "averages that the optimizer keeps", whole(0, 2), default=2)
training_memory.input("card", "M", "bytes of a device", whole(1, 10**13), default=80 * 10**9)
training_memory.input(
    "single",
    "f",
    "whether all is in single precision",
    FLAG,
    default=0,
    says_when={
        0: "Mixed precision: weights and gradients of 2 bytes, a master copy of the weights and "
        "the averages of 4 bytes.",
        1: "Single precision: weights, gradients and averages of 4 bytes, without a master copy.",
    },
)


@training_memory.quantity("w", "bytes of a parameter for weights and gradients")
def working(single: Term) -> Term:
    return 4 + 4 * single


@training_memory.quantity("o", "bytes of a parameter for master copy and averages")
def kept(single: Term, moments: Term) -> Term:
    return 4 * (1 - single) + 4 * moments


@training_memory.quantity("b", "bytes of a parameter")
def each(working: Term, kept: Term) -> Term:
    return working + kept


@training_memory.quantity("S", "memory in training", unit="B")
def state_bytes(parameters: Term, each: Term) -> Term:
    return parameters * each


@training_memory.quantity("S_0", "memory of the weights for inference", unit="B")
def inference_bytes(parameters: Term, single: Term) -> Term:
    return parameters * (2 + 2 * single)


@training_memory.quantity(r"N_{\max}", "most parameters that a device can train")
def largest(card: Term, each: Term) -> Term:
    return floor(card / each)


_wrong = training_memory.mistake
_wrong(
    "other_precision",
    "the bytes of the other precision were counted",
    share="0.5",
    single=lambda single: 1 - single,
)
_wrong(
    "one_moment",
    "Adam keeps two averages, of the gradient and of its square",
    share="0.25",
    moments=lambda: 1,
)
_wrong(
    "optimizer_left_out", "the optimizer's averages were left out", share="0.25", moments=lambda: 0
)
_wrong(
    "gradients_left_out",
    "the gradients were left out",
    share="0.25",
    working=lambda single: 2 + 2 * single,
)
_wrong(
    "master_left_out",
    "the master copy of the weights was left out",
    share="0.25",
    kept=lambda moments: 4 * moments,
)


@training_memory.proof
def by_arrays(parameters: int, moments: int, card: int, single: int) -> Mapping[str, object]:
    """Add up numpy's item sizes of the arrays that are kept."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    small = np.float32 if single else np.float16
    arrays = {"weights": small, "gradients": small}
    arrays |= {} if single else {"master": np.float32}
    arrays |= {f"average {k}": np.float32 for k in range(moments)}
    each = sum(np.dtype(kind).itemsize for kind in arrays.values())
    return {
        "each": each,
        "state_bytes": sum(parameters * np.dtype(kind).itemsize for kind in arrays.values()),
        "inference_bytes": parameters * np.dtype(small).itemsize,
        "largest": card // each,
    }


sharding = Derivation(
    "sharding",
    "Training spread over devices: ZeRO, all-reduce and pipelines",
    source=f"{RAJBHANDARI}; Huang et al., GPipe (2019); Patarasuk and Yuan, Bandwidth optimal "
    "all-reduce algorithms (2009)",
    notes=(
        Note("1 GB is $10^9$ bytes. Activations are not counted.", ("stage_one", "stage_three")),
        Note(
            "Mixed precision with Adam: 2 bytes for weights, 2 for gradients, 12 for Adam.",
            ("stage_one", "stage_two", "stage_three"),
        ),
        Note("The all-reduce is a ring.", ("sent",)),
    ),
)
sharding.input("parameters", "N", "parameters", PARAMETERS)
sharding.input("devices", "p", "devices", COUNTED)
sharding.input("microbatches", "m", "micro-batches of a pipeline", COUNTED)
sharding.input("stages", "k", "stages of the pipeline", COUNTED, default=1)


@sharding.quantity("Z_1", "memory of a device with sharded optimizer", unit="B")
def stage_one(parameters: Term, devices: Term) -> Term:
    return parameters * (4 + 12 / devices)


@sharding.quantity("Z_2", "memory of a device with sharded optimizer and gradients", unit="B")
def stage_two(parameters: Term, devices: Term) -> Term:
    return parameters * (2 + 14 / devices)


@sharding.quantity("Z_3", "memory of a device with all sharded", unit="B")
def stage_three(parameters: Term, devices: Term) -> Term:
    return parameters * (16 / devices)


@sharding.quantity("V", "bytes that a device sends for the gradients", unit="B")
def sent(parameters: Term, devices: Term) -> Term:
    return 2 * parameters * (2 * (devices - 1) / devices)


@sharding.quantity("f", "idle share of a pipeline")
def bubble(stages: Term, microbatches: Term) -> Term:
    return (stages - 1) / (microbatches + stages - 1)


_wrong = sharding.mistake
_wrong(
    "weights_sharded_too",
    "all was sharded; this stage keeps more on each device",
    share="0.25",
    stage_one=lambda parameters, devices: parameters * (16 / devices),
    stage_two=lambda parameters, devices: parameters * (16 / devices),
)
_wrong(
    "not_sharded",
    "the memory was not divided by the devices",
    share="0",
    stage_one=lambda parameters: 16 * parameters,
    stage_two=lambda parameters: 16 * parameters,
    stage_three=lambda parameters: 16 * parameters,
)
_wrong(
    "gradients_not_sharded",
    "the gradients were not sharded",
    share="0.25",
    stage_two=lambda parameters, devices: parameters * (4 + 12 / devices),
)
_wrong(
    "one_pass_of_the_ring",
    "the ring goes round twice: to add up, and to hand out",
    share="0.25",
    sent=lambda parameters, devices: 2 * parameters * ((devices - 1) / devices),
)
_wrong(
    "bubble_by_microbatches",
    "the idle time was divided by the busy time, not by all of it",
    share="0.25",
    bubble=lambda stages, microbatches: (stages - 1) / microbatches,
)


@sharding.proof
def run_devices(
    parameters: int, devices: int, microbatches: int, stages: int
) -> Mapping[str, object]:
    """Hand out shards, walk the ring step by step, and draw the plan of the pipeline."""
    shard = {
        name: Fraction(size * parameters, devices)
        for name, size in (("weights", 2), ("gradients", 2), ("optimizer", 12))
    }
    whole_part = {name: size * devices for name, size in shard.items()}
    passed = sum(shard["gradients"] for _ in ("add", "hand out") for _ in range(devices - 1))
    busy = {(s, s + m) for s in range(stages) for m in range(microbatches)}
    slots = stages * (1 + max(time for _, time in busy))
    return {
        "stage_one": whole_part["weights"] + whole_part["gradients"] + shard["optimizer"],
        "stage_two": whole_part["weights"] + shard["gradients"] + shard["optimizer"],
        "stage_three": sum(shard.values()),
        "sent": passed,
        "bubble": 1 - Fraction(len(busy), slots),
    }


lora = Derivation(
    "lora",
    "Low-rank adapters beside frozen weights",
    source="Hu et al., LoRA (2022), 4.1; Dettmers et al., QLoRA (2023)",
    notes=(
        Note("1 GB is $10^9$ bytes.", ("tuning_bytes",)),
        Note(
            r"A matrix gets $B A$ beside it, with $d \times r$ and $r \times d$ numbers.",
            ("adapter",),
        ),
        Note(
            "Only weights, gradients and optimizer count, not the scales of quantized ones.",
            ("tuning_bytes",),
        ),
    ),
)
lora.input("width", "d", "rows and columns of a matrix", COUNTED)
lora.input("rank", "r", "rank", COUNTED)
lora.input("matrices", "k", "adapted matrices of a layer", COUNTED)
lora.input("layers", "L", "layers", COUNTED)
lora.input("base", "N", "frozen parameters", PARAMETERS)
lora.input("base_bits", "q", "bits of a frozen parameter", whole(1, 64), default=16)


@lora.requires("the rank must be below the number of columns")
def is_low(rank: Term, width: Term) -> Condition:
    return rank <= width


@lora.quantity("a", "parameters of the adapter of a matrix")
def adapter(rank: Term, width: Term) -> Term:
    return 2 * rank * width


@lora.quantity("n", "trained parameters")
def trained(adapter: Term, matrices: Term, layers: Term) -> Term:
    return adapter * matrices * layers


@lora.quantity("p", "share of a matrix's parameters that its adapter has")
def share(adapter: Term, width: Term) -> Term:
    return adapter / width**2


@lora.quantity("S", "memory of frozen and trained parameters in training", unit="B")
def tuning_bytes(base: Term, base_bits: Term, trained: Term) -> Term:
    return base * base_bits / 8 + 16 * trained


_wrong = lora.mistake
_wrong(
    "one_factor",
    "only one of the two factors was counted",
    share="0.25",
    adapter=lambda rank, width: rank * width,
)
_wrong(
    "rank_squared",
    "an r x r matrix was counted between the factors; there is none",
    share="0.25",
    adapter=lambda rank, width: 2 * rank * width + rank**2,
)
_wrong(
    "one_layer",
    "only one layer was counted",
    share="0.25",
    trained=lambda adapter, matrices: adapter * matrices,
)
_wrong(
    "one_matrix",
    "only one matrix of each layer was counted",
    share="0.25",
    trained=lambda adapter, layers: adapter * layers,
)
_wrong(
    "all_trained",
    "gradients and optimizer were counted for the frozen parameters, too",
    tuning_bytes=lambda base, trained: 16 * base + 16 * trained,
)
_wrong(
    "frozen_left_out",
    "the frozen parameters were left out; they are needed for each pass",
    share="0.25",
    tuning_bytes=lambda trained: 16 * trained,
)


@lora.proof
def by_factors(
    width: int, rank: int, matrices: int, layers: int, base: int, base_bits: int
) -> Mapping[str, object]:
    """Ask numpy for the sizes of the two factors and of the matrix they are added to."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    def size(*shape: int) -> int:
        return int(np.broadcast_to(np.zeros(1), shape).size)

    pair = size(width, rank) + size(rank, width)
    number = sum(pair for _ in range(matrices) for _ in range(layers))
    state = sum((2, 2, 4, 4, 4)) * number
    return {
        "trained": number,
        "share": Fraction(pair, size(width, width)),
        "tuning_bytes": Fraction(base, 8) * base_bits + state,
    }
