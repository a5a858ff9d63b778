r"""The second look: what may be marked right, what waits for a person, what must not be right.

Each ambiguity has three tables. SETTLED rows say the value in other clothes and are correct;
DOUBTFUL rows could be meant so and wait; NEVER rows say another thing and are not correct,
whether they wait or are wrong. A row is `expected ¦ answer`; its group gives kind and options.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.ambiguities.chains import is_label, repeats_name
from answers.ambiguities.lists.name_order import places_of
from answers.ambiguities.wording import may_change, may_deny
from answers.echo import echo
from answers.judge import Options, all_kinds, judge
from answers.second_look.rounding import shows_figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from _pytest.mark import ParameterSet

    from answers.options import Scalar

Group = tuple[str, str, "Mapping[str, Scalar]", str]
NOUNS: Mapping[str, Scalar] = {"nouns": ["parameters"]}
TRUTH: Mapping[str, Scalar] = {"choices": ["true", "false"]}
NORMS: Mapping[str, Scalar] = {
    "choices": ["batch norm", "layer norm", "instance norm"],
    "also": {"layer norm": ["LN"]},
}

SETTLED: list[Group] = [
    ("labels", "integer", {}, """
9728 ¦ total: 9728
9728 ¦ number of weights: 9728
9728 ¦ no. of parameters: 9728
9728 ¦ the sum is 9728
9728 ¦ it is 9728
9728 ¦ this is 9728
9728 ¦ a) 9728
9728 ¦ (ii) 9728
9728 ¦ conv1: 9728
9728 ¦ layer 2: 9728
9728 ¦ 9600 + 128 -> 9728
9728 ¦ 9728 => 9728
9728 ¦ 7x7 kernel -> 9728
9728 ¦ weights and biases: 9728
9728 ¦ without bias: 9728
9728 ¦ toplam: 9728
"""),
    ("nouns", "integer", NOUNS, """
9728 ¦ 9728 parameters
9728 ¦ 9728 params
9728 ¦ 9728 learnable parameters
9728 ¦ 9728 parameters in total
9728 ¦ 9728 (total)
9728 ¦ 9728 (no bias)
9728 ¦ 9728 (9600 weights and 128 biases)
9728 ¦ 9728 (=38*256)
9728 ¦ 9728 (38*256)
9728 ¦ 9728 parameters with bias
9728 ¦ 9728 including biases
9728 ¦ we get 9728
9728 ¦ parameters 9728
9728 ¦ 9728 parameters for each side
9728 ¦ 9728 (with bias)
"""),
    ("numerals", "integer", {}, """
9 ¦ nine
120 ¦ one hundred and twenty
120 ¦ yüz yirmi
2176 ¦ two thousand one hundred seventy six
2176 ¦ 2 thousand 176
2176 ¦ 2 bin 176
3500000 ¦ 3 million 500 thousand
38500000 ¦ 38.5 million
294912 ¦ 294.912k
9001 ¦ nine thousand and one
80 ¦ eighty
21 ¦ twenty-one
12 ¦ zwölf
5000 ¦ five thousand
0 ¦ zero
2000 ¦ 2k
"""),
    ("factors", "integer", {}, """
32 ¦ 32x
32 ¦ x32
32 ¦ 32 times
32 ¦ 32-fold
32 ¦ factor 32
32 ¦ a factor of 32
32 ¦ by a factor of 32
32 ¦ 32 times fewer
32 ¦ 32 times as many
32 ¦ 32 kat
32 ¦ 32 mal weniger
32 ¦ ratio 32:1
32 ¦ the factor is 32
32 ¦ reduced by a factor of 32
32 ¦ 4·8x
"""),
    ("times", "integer", {}, """
576 ¦ 3x3x64
576 ¦ 3 x 3 x 64
576 ¦ 3X3X64
576 ¦ (3)x(192)
576 ¦ 9 . 64
576 ¦ 3×3×64
576 ¦ (3x3)x64
576 ¦ 3x192
576 ¦ 24 x 24
576 ¦ 2x(288)
576 ¦ 5.76 x 10^2
576 ¦ 5.76 x 10²
-576 ¦ 288 x -2
-576 ¦ 3 x 3 x -64
576 ¦ [3]x[192]
"""),
    ("spaced exponents", "number", {}, """
45000 ¦ 4.5 e4
45000 ¦ 4.5 e 4
45000 ¦ 4.5E 4
45000 ¦ 4.5e4.
45000 ¦ 4.5 e4.
45000 ¦ 4.5EE4
45000 ¦ 4.5 EE 4
45000 ¦ 4.5EXP4
45000 ¦ 45 e3
0.045 ¦ 4.5EE-2
0.045 ¦ 4.5 EXP -2
0.045 ¦ 4.5EXP(-2)
32 ¦ 3.2 e+1
32 ¦ 3.2 e1
32 ¦ 3.2EE(1)
"""),
    ("hedges", "number", {}, """
0.75 ¦ about 0.75
0.75 ¦ approx. 0.75
0.75 ¦ ca. 0.75
0.75 ¦ roughly 0.75
0.75 ¦ exactly 0.75
0.75 ¦ 0.75 (approx)
0.75 ¦ 0.75 exactly
0.75 ¦ so 0.75
0.75 ¦ therefore 0.75
0.75 ¦ yaklaşık 0.75
0.75 ¦ etwa 0.75
0.75 ¦ ~ 0.75
0.75 ¦ ≈0.75
0.75 ¦ equals 0.75
0.75 ¦ 0.75 or so
"""),
    ("lists", "list", {}, """
(40, 64, 88, 112) ¦ 40-64-88-112
(40, 64, 88, 112) ¦ 40 → 64 → 88 → 112
(40, 64, 88, 112) ¦ 40/64/88/112
(40, 64, 88, 112) ¦ 40 then 64 then 88 then 112
(40, 64, 88, 112) ¦ layer 1: 40, layer 2: 64, layer 3: 88, layer 4: 112
(40, 64, 88, 112) ¦ x1=40; x2=64; x3=88; x4=112
(40, 64, 88, 112) ¦ 16+24=40, 64, 64+24=88, 112
(40, 64, 88, 112) ¦ BN 40, LN 64, IN 88, GN 112
(40, 64, 88, 112) ¦ (40, 64, 88, 112)^T
(2, 3) ¦ first: 2, second: 3
(2, 3) ¦ mean: 2; variance: 3
(2, 3) ¦ variance: 2; mean: 3
(2, 3) ¦ gamma 2, beta 3
(2, 3) ¦ w = 2, b = 3
(2, 3) ¦ $2$, $3$
(2, 3) ¦ values: 2, 3
"""),
    ("glued digits", "list", {}, """
(4, 1, 2, 3) ¦ 4123
(0, 1, 1, 0, 1) ¦ 01101.
"""),
    ("named sets", "set", {}, """
{3, 4} ¦ x1 = 3 and x2 = 4
{3, 4} ¦ x1 = 4, x2 = 3
{3, 4} ¦ x=3 or x=4
{3, 4} ¦ a: 3, b: 4
"""),
    ("sides of shapes", "shape", {}, """
64x48 ¦ height 64, width 48
64x48 ¦ h=64, w=48
64x48 ¦ 64 high and 48 wide
64x48 ¦ rows: 64, columns: 48
64x48 ¦ 64-48
112x112x64 ¦ 112x112x64 channels
112x112x64 ¦ 112x112 x 64 filters
112x112x64 ¦ height 112, width 112, channels 64
112x112x64 ¦ 112 height, 112 width, 64 channels
112x112x64 ¦ 112x112x64 = 802816
112x112x64 ¦ 224x224x3 → 112x112x64
112x112x64 ¦ out = 112x112x64
112x112x64 ¦ 224/2 x 224/2 x 64 = 112x112x64
112x112x64 ¦ 112/112/64
112x112x64 ¦ (112-112-64)
"""),
    ("ranges", "interval", {"nouns": ["GFLOPS"]}, """
[200, 600] ¦ 200 to 600
[200, 600] ¦ between 200 and 600
[200, 600] ¦ 200–600
[200, 600] ¦ 200..600
[200, 600] ¦ from 200 to 600
[200, 600] ¦ about 200 to 600
[200, 600] ¦ [200 to 600]
[200, 600] ¦ 200 GFLOPS to 600 GFLOPS
[200, 600] ¦ 200 bis 600
[200, 600] ¦ zwischen 200 und 600
[200, 600] ¦ 200 <= f(x) <= 600
(-1, 1) ¦ -1 to 1
(-1, 1) ¦ (-1 to 1)
(-1, 1) ¦ -1 < tanh(x) < 1
(-1, 1) ¦ tanh(x) is in (-1, 1)
"""),
    ("truth", "choice", TRUTH, """
true ¦ yes
true ¦ T
true ¦ correct
true ¦ doğru
true ¦ wahr
true ¦ ✓
true ¦ true, because the gradient flows through all layers
true ¦ true since negative values are cut
true ¦ True. The mean is taken over the batch.
true ¦ true (see slide 5)
true ¦ yes, the sum is larger
false ¦ no
false ¦ F
false ¦ yanlış
false ¦ falsch
"""),
    ("options", "choice", NORMS, """
batch norm ¦ a
batch norm ¦ (a)
batch norm ¦ 1
batch norm ¦ 1.
batch norm ¦ a) batch norm
batch norm ¦ 1) batch norm
batch norm ¦ option a
batch norm ¦ batch norm, a
batch norm ¦ batch norm (a)
batch norm ¦ batch norm because it uses a mean over the batch
batch norm ¦ batch norm, since the batch is large
batch norm ¦ Batch-Norm
layer norm ¦ LN
layer norm ¦ b
layer norm ¦ LN, since it is per sample
"""),
    ("chains", "integer", {}, """
9728 ¦ n = 9728
9728 ¦ 38*256 = 9728
9728 ¦ K^2*C*F = 9728
9728 ¦ C*(K*K*C_in + 1) = 9728
9728 ¦ 2n = 2*4864 = 9728
9728 ¦ σ^2 = 9728
9728 ¦ f(x) = 9728
9728 ¦ |v| = 9728
9728 ¦ number of params = 9728
9728 ¦ no of params = 9728
9728 ¦ half of 19456 = 9728
9728 ¦ 64 filters * 152 = 9728
9728 ¦ W_out = (W-K+2P)/S+1 = 9728
9728 ¦ layer 12 = 9728
9728 ¦ 9727.6 = 9728
8 ¦ 2**3 = 8
"""),
    ("chains with roundings", "number", {}, """
2/3 ¦ 2/3 = 0.667
2/3 ¦ 2/3 = 0.67
2/3 ¦ 2/3 ≈ 0,6667
0.75 ¦ 3/4 = 0.75
0.75 ¦ 0.753 = 0.75
1/300 ¦ 1/300 = 3.33e-3
1/300 ¦ 1/300 = 3.33 x 10^-3
1234.5 ¦ 2469/2 = 1,234.5
"""),
    ("bytes", "quantity", {"prefixes": "either"}, """
3211264 B ¦ 3.0625 MB
3211264 B ¦ 3.0625 MiB
3211264 B ¦ 3136 KB
3211264 B ¦ 3136 kB
3211264 B ¦ 3136 KBytes
3211264 B ¦ 3.211264 MB
3211264 B ¦ 3211264 Bytes
3211264 B ¦ 802816*4 B = 3.211264 MB
"""),
    ("names", "expression", {}, """
W_f*h + b ¦ Wf h + b
W_f*h + b ¦ Wfh+b
W_f*h + b ¦ b + Wf*h
W_f*h + b ¦ z = Wf h + b
m*v - m*u ¦ mv-mu
m*v - m*u ¦ mv - mu
h_0*w ¦ h0 w
h_0*w ¦ h(0)*w
h_{t-1}*w ¦ h_t-1 w
h_{t-1}*w ¦ w h_t-1
"""),
]  # fmt: skip

DOUBTFUL: list[Group] = [
    ("labels", "integer", {}, """
9728 ¦ 9600 -> 9728
9728 ¦ wrong: 9728
9728 ¦ half: 9728
9728 ¦ minus: 9728
9728 ¦ isn't: 9728
9728 ¦ false: 9728
9728 ¦ in thousands: 9728
9728 ¦ double is 9728
9728 ¦ the opposite is 9728
9728 ¦ the negative is 9728
9728 ¦ the wrong answer is 9728
9728 ¦ if bias is 9728
9728 ¦ at most: 9728
9728 ¦ total not: 9728
9728 ¦ yanlış: 9728
"""),
    ("remarks", "integer", {}, """
9728 ¦ 9728 (9600)
9728 ¦ 9728 (=9600)
9728 ¦ 9728 (no)
9728 ¦ 9728 (false)
9728 ¦ 9728 (cancelled)
9728 ¦ 9728 (crossed out)
9728 ¦ 9728 (+128)
9728 ¦ 9728 (+ 128 biases)
9728 ¦ 9728 (x2)
9728 ¦ 9728 (times 2)
9728 ¦ 9728 (thousand)
9728 ¦ 9728 (k)
9728 ¦ 9728 (negative)
9728 ¦ 9728 (base 16)
9728 ¦ 9728 (doubled)
"""),
    ("signs", "number", {}, """
8 ¦ 8!
8 ¦ N := 8!
32 ¦ 3.2e(1)
32 ¦ 320 e-1
32 ¦ 1:32
32 ¦ ratio 1:32
32 ¦ 32x+1
-32 ¦ 32x-1
32 ¦ 32x32
2.176 ¦ 2,176
"""),
    ("lists", "list", {}, """
(2, 3) ¦ x2=2, x1=3
(2, 3) ¦ x2=3, x1=2
(2, 3) ¦ y=3, x=2
(2, 3) ¦ step 2: 2, step 1: 3
(2, 3) ¦ second: 2, first: 3
(2, 3) ¦ not 2, 3
(2, 3) ¦ 2, not 3
(2, 3) ¦ 2x = 2, 3y = 3
(2, 3) ¦ half 2, half 3
(2, 3) ¦ up to 2, up to 3
(2, 3) ¦ 2, 3 (swapped)
(2, 3) ¦ reverse: (2, 3)
(2, 3) ¦ 2x3
(2, 3) ¦ 2/3
(40, 64, 88) ¦ layer 2: 40, layer 1: 64, layer 3: 88
"""),
    ("sets", "set", {}, """
{1, 2} ¦ except 1, 2
{1, 2} ¦ all except: 1, 2
{1, 2} ¦ complement: {1, 2}
{1, 2} ¦ {1, 2} (without 2)
{1, 2} ¦ not: 1, 2
{1, 2} ¦ 1-2
{1, 2} ¦ no 1, no 2
"""),
    ("shapes", "shape", {}, """
64x48 ¦ width 64, height 48
64x48 ¦ width 48, height 64
64x48 ¦ 64 wide and 48 high
64x48 ¦ columns: 64, rows: 48
64x48 ¦ w=48, h=64
112x112x64 ¦ 112x112x64 = 112x112x65
112x112x64 ¦ 111x112x64 = 112x112x64
112x112x64 ¦ 112x112x64 = 802815
112x112x64 ¦ channels 64, height 112, width 112
48x48 ¦ 48x48x1
48x48 ¦ 48
48x48 ¦ $48$
"""),
    ("ranges", "interval", {}, """
[200, 600] ¦ 200 and 600
[200, 600] ¦ 200 furlongs to 600
[200, 600] ¦ complement: [200, 600]
[200, 600] ¦ except: [200, 600]
[200, 600] ¦ not in [200, 600]
[200, 600] ¦ [199, 600] -> [200, 600]
(-1, 1) ¦ [-1 to 1]
(-1, 1) ¦ [-1..1]
[0, 1) ¦ [0 to 1]
"""),
    ("truth", "choice", TRUTH, """
true ¦ yes, no
true ¦ true, wrong
true ¦ true - never
true ¦ true: hardly
true ¦ true (mostly)
true ¦ true iff x > 0
true ¦ true (if n > 0)
true ¦ true (crossed out)
true ¦ doğru, yanlış
true ¦ wahr, falsch
true ¦ ja, nein
true ¦ true, it doesn't
true ¦ true but not always
true ¦ true, none
true ¦ true (50%)
"""),
    ("options", "choice", NORMS, """
batch norm ¦ batch norm, b
batch norm ¦ batch norm (b)
batch norm ¦ batch norm, option b
batch norm ¦ batch norm, 2
batch norm ¦ batch norm, then b
batch norm ¦ batch norm, both
batch norm ¦ batch norm, all
batch norm ¦ batch norm, LN
batch norm ¦ batch norm: instance
batch norm ¦ batch norm, layer norm
batch norm ¦ batch norm, not layer norm
batch norm ¦ batch norm, wrong
batch norm ¦ batch norm: no
batch norm ¦ b) batch norm
batch norm ¦ batch norm, the others too
"""),
    ("chains", "integer", {}, """
9728 ¦ 2n = 9728
9728 ¦ n/2 = 9728
9728 ¦ -n = 9728
9728 ¦ n + 1 = 9728
9728 ¦ 1/n = 9728
9728 ¦ n% = 9728
9728 ¦ not n = 9728
9728 ¦ wrong = 9728
9728 ¦ 9600 or n = 9728
9728 ¦ n ≠ 5 = 9728
9728 ¦ n = 9728 = wrong
9728 ¦ n = 9600; n = 9728
9728 ¦ 9600 weights = 9728
9728 ¦ so $9600$ = 9728
9728 ¦ 9 600 = 9 728
9728 ¦ 9'600 = 9'728
9728 ¦ 9727 = 4864x2
9728 ¦ in thousands = 9728
9728 ¦ 9728 = 9600
"""),
    ("temperatures", "quantity", {}, """
20 °C ¦ 20°
20 °C ¦ 20 degrees
20 °C ¦ 20 deg
"""),
    ("bytes", "quantity", {}, """
3211264 B ¦ 3136 K
3211264 B ¦ 3136K
3211264 B ¦ 3.0625 M
3211264 B ¦ 3.211264M
3211264 B ¦ 3.0625 MB
3211264 B ¦ 3.211264 mb
"""),
    ("expressions", "expression", {"variables": ["x", "h"]}, """
2*h*x ¦ half: 2hx
2*h*x ¦ minus: 2hx
2*h*x ¦ hx -> 2hx
2*h*x ¦ 2n = 2hx
2*h*x ¦ not n = 2hx
2*h*x ¦ 2HX
e^(-x) ¦ e-x
x^2 ¦ x2
h*x ¦ O(hx)
x/(10h) ¦ x/10h
x/(2^10*h) ¦ x/2^10h
x/(1.25h) ¦ x/1.25 h
e^(10x) ¦ e^10x
e^(2^10*x) ¦ e^2^10x
"""),
]  # fmt: skip

NEVER: list[Group] = [
    ("hedged or double", "integer", NOUNS, """
9728 ¦ 9728 or 9600
9728 ¦ not 9728
9728 ¦ 9600 + 128?
9728 ¦ between 9600 and 9728
9728 ¦ 9728/9600
9728 ¦ 9728 (or 9600)
9728 ¦ 9728 (not 9600)
9728 ¦ maybe 9728
9728 ¦ 9728 - wrong
9728 ¦ n = 9728, m = 9600
9728 ¦ 9728 or so 9600
9728 ¦ 9728 parameters or 9600
9728 ¦ 9600 parameters
9728 ¦ 9728 million parameters
9728 ¦ 9728 = 9600 = 9728 parameters
9728 ¦ 9728 to 9600
"""),
    ("numerals", "integer", {}, """
9 ¦ five four
9 ¦ zero nine
9 ¦ nine zero
9 ¦ none nine
9 ¦ three three three
9 ¦ nine thousand
9 ¦ ninety
97 ¦ twenty one seventy six
65 ¦ 65 000
65 ¦ 65 000 parameters
10000 ¦ 2 thousand 5
2000 ¦ 2 thousand 0 million
4005 ¦ 2 thousand 2005
14 ¦ two twelve
16 ¦ two one seven six
"""),
    ("factors", "integer", {}, """
32 ¦ ratio 9:32
32 ¦ 1/32
32 ¦ x32x2
32 ¦ 32 squared
32 ¦ factor -32
32 ¦ 32 times 2
32 ¦ a factor of 32 or 16
32 ¦ 32%
32 ¦ 32k
32 ¦ 32 million
32 ¦ 64x-2
32 ¦ 33x-1
32 ¦ 32 less
32 ¦ 32x2x
32 ¦ 32^x
"""),
    ("glued digits", "list", {}, """
(4, 1, 2, 3) ¦ 4132
(4, 1, 2, 3) ¦ 41230
(4, 1, 2, 3) ¦ 412
(4, 1, 2, 3) ¦ -4123
(4, 1) ¦ 41
(41, 23) ¦ 4123
(1, 2, 3) ¦ 123
(1, 2, 3, 4) ¦ (1234)
"""),
    ("lists", "list", {}, """
(40, 64, 88, 112) ¦ 112-88-64-40
(40, 64, 88, 112) ¦ 40-64-88
(40, 64, 88, 112) ¦ 40-64-88-113
(40, 64, 88, 112) ¦ -40, -64, -88, -112
(40, 64, 88, 112) ¦ a - 40, a - 64, a - 88, a - 112
(40, 64, 88, 112) ¦ x > 40, x > 64, x > 88, x > 112
(40, 64, 88, 112) ¦ x≠40, x≠64, x≠88, x≠112
(40, 64, 88, 112) ¦ 40k, 64k, 88k, 112k
(40, 64, 88, 112) ¦ 40%, 64%, 88%, 112%
(40, 64, 88, 112) ¦ 40, 64, 88 or 112
(40, 64, 88, 112) ¦ 2 times 40, 2 times 64, 2 times 88, 2 times 112
(40, 64, 88, 112) ¦ 16+24=41, 64, 88, 112
(40, 64, 88, 112) ¦ d=40, c=64, b=88, a=112
(40, 64, 88, 112) ¦ layer 4: 40, layer 3: 64, layer 2: 88, layer 1: 112
(40, 64, 88, 112) ¦ 40, 64, 88, 112 (or 113)
"""),
    ("sets", "set", {}, """
{1, 2} ¦ x≠1, 2
{1, 2} ¦ x ≠ 1, x ≠ 2
{1, 2} ¦ x>1, x>2
{1, 2} ¦ {1, 2}'
{1, 2} ¦ {1, 2}^c
{1, 2} ¦ 1/2
{1, 2} ¦ -x=1, x=2
{1, 2} ¦ 1 < x < 2
{1, 2} ¦ x not in {1, 2}
{1, 2} ¦ 1, not 2
"""),
    ("choices", "choice", TRUTH, """
true ¦ !true
true ¦ not true
true ¦ true or false
true ¦ true/false
true ¦ true?? no, false
true ¦ false (true)
true ¦ yes and no
true ¦ sometimes true
true ¦ it is not true
true ¦ true = false
true ¦ untrue
true ¦ doğru değil
true ¦ nicht wahr
true ¦ 2
true ¦ 0
"""),
    ("chains", "number", {}, """
0.75 ¦ 3/4 = 1
0.75 ¦ 3/4 = 0.8
0.75 ¦ 3/4 = 0.76
0.75 ¦ 2 = 0.75
0.75 ¦ 0.75 = 0.57 = 0.75
0.75 ¦ 75% = 0.57
9728 ¦ 9 500 = 9 728
9728 ¦ 9728 = 9 700
278000 ¦ 2 · 139000 = 278 128
87520 ¦ 87519 = 43760x2
"""),
    ("ranges", "interval", {}, """
[200, 600] ¦ 200 not to 600
[200, 600] ¦ 600 to 200
[200, 600] ¦ 200 to 601
[200, 600] ¦ 200 to 600 or 700
[200, 600] ¦ outside 200 to 600
[200, 600] ¦ 200 to 600%
[200, 600] ¦ 400 ± 200.5
[200, 600] ¦ [200, 600] ∪ {700}
[200, 600] ¦ [200, 600)
[200, 600] ¦ -200 to 600
"""),
    ("quantities", "quantity", {}, """
38 KiB ¦ 2m = 38 KiB
38 KiB ¦ 38 KiB or 39 KB
38 KiB ¦ wrong: 38 KiB
38 KiB ¦ 38 KB
38 KiB ¦ 38
38 KiB ¦ 38 Kibit
38 KiB ¦ -38 KiB
38 KiB ¦ 38 KiB/s
3 m/s ¦ 3 m = 3 m/s
3 m/s ¦ 3 ms
15 USD ¦ 20 CAD = 15 USD
"""),
]  # fmt: skip


def each(groups: list[Group]) -> Iterator[ParameterSet]:
    for name, kind, options, table in groups:
        for number, line in enumerate(table.strip().splitlines(), 1):
            expected, answer = line.split(" ¦ ")
            yield pytest.param(kind, expected, answer, options, id=f"{name}:{number}")


@pytest.mark.parametrize(("kind", "expected", "answer", "options"), list(each(SETTLED)))
def test_settled(kind: str, expected: str, answer: str, options: Mapping[str, Scalar]) -> None:
    found = judge(kind, expected, answer, Options.from_mapping(options))
    assert found.verdict == "correct", f"read as {found.read_as!r}: {found.why}"


@pytest.mark.parametrize(("kind", "expected", "answer", "options"), list(each(DOUBTFUL)))
def test_doubtful(kind: str, expected: str, answer: str, options: Mapping[str, Scalar]) -> None:
    found = judge(kind, expected, answer, Options.from_mapping(options))
    assert found.verdict == "undecided", f"read as {found.read_as!r}: {found.why}"


@pytest.mark.parametrize(("kind", "expected", "answer", "options"), list(each(NEVER)))
def test_never(kind: str, expected: str, answer: str, options: Mapping[str, Scalar]) -> None:
    found = judge(kind, expected, answer, Options.from_mapping(options))
    assert found.verdict != "correct", f"read as {found.read_as!r}: {found.why}"


BEFORE = ["", "= ", "n = ", "total: ", "about ", "the sum is ", "factor ", "it is ", "so ", "a) "]
BEHIND = ["", ".", "x", " times", " (total)", " parameters", " (with bias)", "-fold", " or so"]


@given(
    st.integers(2, 10**6),
    st.integers(2, 10**6),
    st.sampled_from(BEFORE),
    st.sampled_from(BEHIND),
    st.sampled_from(["{}", "{:,}", "{}.0", "$ {} $", "2 x {}", "{} - 1"]),
)
def test_another_value_is_never_right(
    mine: int, theirs: int, before: str, behind: str, written: str
) -> None:
    value = {"2 x {}": 2 * mine, "{} - 1": mine - 1}.get(written, mine)
    expected = theirs if theirs != value else theirs + 1
    options = Options.from_mapping(NOUNS)
    text = f"{before}{written.format(mine)}{behind}"
    assert judge("integer", str(expected), text, options).verdict != "correct"


@given(st.lists(st.integers(1, 99), min_size=2, max_size=4, unique=True), st.randoms())
def test_elements_with_names_in_another_order_wait(values: list[int], random: object) -> None:  # noqa: ARG001
    expected = f"({', '.join(map(str, values))})"
    named = [f"x{place}={value}" for place, value in enumerate(values, 1)]
    assert judge("list", expected, ", ".join(named)).verdict == "correct"
    assert judge("list", expected, ", ".join(reversed(named))).verdict == "undecided"


@given(
    st.integers(2, 9_999),
    st.integers(2, 9_999),
    st.sampled_from([" or ", " and ", " / ", ", ", "; ", " (or ", " not ", " instead of ", " vs "]),
)
def test_two_answers_are_never_right(one: int, two: int, joint: str) -> None:
    if one not in {two, two**2} and two != one**2:
        assert judge("integer", str(one), f"{one}{joint}{two}").verdict != "correct"
        assert judge("integer", str(two), f"{one}{joint}{two}").verdict != "correct"


@pytest.mark.parametrize("kind", sorted(all_kinds()))
@pytest.mark.parametrize("answer", ["2,176", "4h^2", "true", "3 m/s", "", "((", "x = 5 = 6", "1-2"])
def test_an_echo_never_fails_and_knows_no_key(kind: str, answer: str) -> None:
    found = echo(kind, answer, ["h"])
    shown = " ".join((found.read_as, found.latex, *found.other_readings))
    assert "not the expected" not in shown


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("number of weights", ""), ("no. of weights", ""), ("no bias", ""), ("total", ""),
        ("without bias", ""), ("half", "changes"), ("at most", "changes"), ("no", "denies"),
        ("not", "denies"), ("isn't", "denies"), ("without 2", "denies"), ("n ≠", "denies"),
        ("in thousands", "denies"),
    ],
)  # fmt: skip
def test_words_beside_a_value(words: str, says: str) -> None:
    found = "denies" if may_deny(words) else "changes" if may_change(words) else ""
    assert found == says


@pytest.mark.parametrize(
    ("names", "places"),
    [
        (["x1", "x2"], (1, 2)), (["layer 10", "layer 2"], (10, 2)), (["w", "b"], None),
        (["height", "width", "channels"], (0, 1, 2)), (["y", "x"], (121, 120)),
        (["second", "first"], (2, 1)), (["1st", "3rd"], (1, 3)), (["mean", "variance"], None),
        (["x"], None), (["x", "x"], None),
    ],
)  # fmt: skip
def test_places_that_names_say(names: list[str], places: tuple[int, ...] | None) -> None:
    assert places_of(names) == places


def test_sides_of_a_chain() -> None:
    assert all(map(is_label, ("n", "K^2*C", "f(x=1)", "all weights", "n!/(k!(n-k)!)")))
    assert not any(map(is_label, ("2n", "n/2", "-n", "?", "not n", "9600 weights", "n!")))
    assert repeats_name(["n", "9600; n"])
    assert not repeats_name(["n", "2*n"])
    assert [shows_figures(text) for text in ("0.8", "1", "0.67", "n")] == [False, False, True, True]
