"""Every derivation: literal values with their source, the oracle, and the seed exam's numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from examgen.ground.errors import DerivationError
from examgen.solving import solve
from solvers.catalogue import derivations
from solvers.graph.number import approx_text, value_text
from tests.solvers.course_rows import ROWS as COURSE_ROWS

# name, inputs, expected values. Sources: the CENG 403 exam; PyTorch's parameter counts.
ROWS = [
    ("conv2d", "height=224 in_channels=3 out_channels=64 kernel=7 stride=2 padding=3",
     "out_height=112 out_width=112 filter_weights=147 parameters=9472 activation_bytes=3211264"
     " parameter_bytes=37888 total_bytes=3249152"),
    ("conv2d", "height=32 in_channels=4 out_channels=8 kernel=3 groups=2 bias=0", "parameters=144"),
    ("pool2d", "height=112 kernel=3 stride=2 padding=1 channels=64", "out_height=56"),
    ("pool2d", "height=7 kernel=2 ceil_mode=1", "out_height=4"),
    ("padding", "size=12 kernel=3", "valid_size=10 same_padding=1 same_size=12"),
    ("linear", "in_features=196608 out_features=512", "parameters=100663808"),
    ("linear_vs_conv", "height=256 units=512 out_channels=64 kernel=5",
     "linear_parameters=100663808 conv_parameters=4864 reduction=393218/19"
     " linear_macs=100663296 conv_macs=314572800 macs_factor=25/8"),
    ("residual_block", "in_channels=64", "parameters=73984"),  # ResNet-18, layer1.0
    ("residual_block", "in_channels=64 out_channels=128 stride=2", "parameters=230144"),
    ("bottleneck_block", "in_channels=256 width=64", "parameters=70400"),  # ResNet-50, layer1.1
    ("bottleneck_block", "in_channels=64 width=64", "parameters=75008"),  # ResNet-50, layer1.0
    # He et al. 2016, figure 5 right: 256, 64, 64, 256 channels; 2*9*256^2, 2*256*64 + 9*64^2.
    ("block_design", "channels=256 reduction=4 size=56 stride=2 growth=2",
     "basic=1179648 narrow=64 bottleneck=69632 ratio=288/17 out_size=28 out_channels=512"
     " projection=131072"),
    # 1.25 x = x + 0.25 x for x > 0 and x - 0.25 (-x) for x < 0; there the slope is 1 - v.
    ("relu_unit", "target=1.25 trained_u=0.5 trained_v=-0.3",
     "residual_u=1/4 residual_v=-1/4 plain_u=5/4 plain_v=-5/4 slope_below=13/10"),
    ("skip_gradient", "factor=0.5 layers=3",
     "magnitude=1/8 lowest=1/2 highest=3/2 smallest=1/8"),
    ("skip_gradient", "factor=0.25 layers=2", "magnitude=1/16 lowest=3/4 smallest=9/16"),
    ("residual_gradient", "derivative=[0.1,-0.2,0.3]", "product=143/125"),
    ("dense_block", "in_channels=64 growth_rate=12 layers=4",
     "output_channels=112 concatenated_channels_sum=376 last_input_channels=100"
     " position_bytes=[304,352,400,448]"),
    # Huang et al. 2017, section 3: L(L+1)/2 connections, here 1 + 2 + ... + 12.
    ("dense_block", "in_channels=24 growth_rate=12 layers=12", "connections=78"),
    ("transition", "in_channels=112 compression=0.5", "out_channels=56 parameters=6328"),
    ("binary_network", "parameters=10000000 gflops=50",
     "float_bytes=40000000 binary_bytes=1250000 reduction=32 equivalent_gflops_low=500"),
    # 9,600,000 bits and 400,000 numbers of 4 bytes; 15 * 10^9 operations at 500 to 1500 GFLOPS.
    ("binary_network", "parameters=10000000 kept=400000 gflops=50 work=15",
     "binary_bytes=2800000 reduction=100/7 shortest_time=10 longest_time=30"),
    ("conv_transpose2d", "height=4 kernel=3 stride=2 padding=1 output_padding=1", "out_height=8"),
    ("depthwise_separable", "in_channels=32 out_channels=64", "parameters=2336"),
    ("receptive_field", "layers=[[7,2],[3,2],[3,1,2]]", "receptive_field=27"),
    ("lstm", "input_size=10 hidden_size=20 biases=1", "parameters=2480"),
    ("lstm", "input_size=10 hidden_size=20 biases=2", "parameters=2560"),  # nn.LSTM(10, 20)
    ("lstm_peephole", "input_size=10 hidden_size=20", "parameters=2540"),
    ("lstm_coupled", "input_size=10 hidden_size=20", "parameters=1860"),
    ("gru", "input_size=10 hidden_size=20 biases=2", "parameters=1920"),  # nn.GRU(10, 20)
    # By hand: -1.8 + 0.4 and 24*(24 + 26).
    ("lstm_cell", "input_size=26 hidden_size=24 forget_gate=0.9 cell_previous=-2 input_gate=0.5"
     " candidate=0.8", "rows=24 columns=50 parameters=4896 cell=-7/5"),
    # By hand: 0.75*2 - 0.25 and 0.3*0.6 - 0.7.
    ("gated_variants", "input_size=10 hidden_size=20 forget_gate=0.75 cell_previous=2 candidate=-1"
     " update_gate=0.3 hidden_previous=0.6 update_keeps=1",
     "peephole_parameters=60 parameters=1860 coupled_cell=5/4 gru_state=-13/25"),
    ("gated_variants", "input_size=10 hidden_size=20 input_gate=0.75 cell_previous=2 candidate=-1"
     " ties_forget=1", "coupled_cell=-1/4"),
    # By hand: 0.5^4; 0.5^1 is not yet less than half, 0.5^2 is; sigma(0) = 0.5.
    ("cell_memory", "forget_gates=[0.9,0.8,0.95] gate=0.5 steps=5 weight=-2 derivative=0.5",
     "product=171/250 factors=4 kept=1/16 vanilla=1 half_life=2 gate_bias=0"),
    ("rnn", "input_size=10 hidden_size=20 output_size=5", "parameters=725"),
    ("rnn_gradient", "steps=100 derivative=0.5", "factors=99"),
    ("clip_gradient", "gradient=[3,4] threshold=1", "norm=5"),
    ("cell_gradient", "forget_gates=[0.9,0.8,0.95]", "product=171/250"),
    ("highway", "x=1 weight_h=0.5 weight_t=0", "transform_gate=1/2 output=3/4"),
    # 64 weights and a bias for each of 64 units, twice; and ten gates of 4160.
    ("highway_layers", "units=64 layers=10", "layer_parameters=8320 gate_total=41600"),
    ("batch_norm", "values=[2,4,6,8]", "mean=5 variance=5"),
    # x^ = 3/4 and s = 4: 2/4 (1 - 1/5 - 9/80). Ioffe and Szegedy 2015, section 3, by hand.
    ("batch_norm", "values=[12,3,14,6,10] gamma=2 beta=5",
     "direct_gradient=1/2 full_gradient=11/32"),
    ("layer_norm", "values=[2,4,9] eps=1e-5", "mean=5 variance=26/3"),
    ("group_norm", "values=[[1,2],[3,4],[5,6],[7,8]] groups=2", ""),
    ("instance_norm", "values=[[1,2],[3,4]]", ""),
    ("rnn_forward", "inputs=[[1],[2]] weight_hx=[[0.5]] weight_hh=[[0.8]] weight_hy=[[2]]"
     " bias_h=[0] bias_y=[0] initial_hidden=[0]", ""),
    ("gradient_product", "factor=0.25 layers=50", ""),
    ("lstm_step", "x=1 hidden_previous=0.5 cell_previous=0.2 weight_xf=0.1 weight_hf=0.2"
     " weight_xi=0.3 weight_hi=-0.5 weight_xc=1 weight_hc=2 weight_xo=1 weight_ho=-1", ""),
    ("gru_step", "x=1 hidden_previous=0.5 weight_xr=0.1 weight_hr=0.2 weight_xz=0.3"
     " weight_hz=-0.5 weight_xh=1 weight_hh=2", ""),
    # Inception's 5x5 branch on 28x28x192: 25*192*32 = 153600 against 192*16 + 25*16*32 = 15872.
    ("pointwise_reduction", "height=28 in_channels=192 reduced=16 out_channels=32 kernel=5",
     "direct_weights=153600 weights=15872 direct_macs=120422400 macs=12443648 saving=300/31"),
    ("pool_values", "values=[[1,3,2,0],[5,7,4,2],[0,2,9,1],[4,2,3,3]] kernel=2",
     "maximum_pooled=[[7,4],[4,9]] average_pooled=[[4,2],[2,4]]"),
    ("pool_values", "values=[[1,2,3],[4,5,6],[7,8,9]] kernel=2 stride=1",
     "maximum_pooled=[[5,6],[8,9]] average_pooled=[[3,4],[6,7]]"),
    ("conv_net", "size=32 in_channels=3 layers=[[16,3,1,1],[32,3,2,1],[64,3,2,1]]",
     "sizes=[32,16,8] stored=[16384,8192,4096] activation_bytes=114688"
     " layer_parameters=[448,4640,18496] parameters=23584 parameter_bytes=94336"),
    ("conv_net", "size=7 in_channels=1 layers=[[2,2,2,0]] bias=0",  # (7 - 2)/2 = 2.5
     "sizes=[3] stored=[18] parameters=8"),
    ("dense_network", "in_channels=64 growth_rate=32 layers=[6,12,24,16] compression=0.5",
     "block_outputs=[256,512,1024,1024] transition_outputs=[128,256,512] final_channels=1024"
     " depth=121"),  # DenseNet-121
    ("dense_network", "in_channels=64 growth_rate=32 layers=[6,12,48,32] compression=0.5",
     "block_outputs=[256,512,1792,1920] depth=201"),  # DenseNet-201
    ("dense_network", "in_channels=5 growth_rate=2 layers=[1,1] compression=0.5",  # 3.5 rounded
     "block_outputs=[7,5] transition_outputs=[3] depth=7"),
    ("quantization", "parameters=8000000 bits=4 low=-3 high=3",
     "full_bytes=32000000 quantized_bytes=4000000 reduction=8 levels=16 step=2/5"
     " largest_error=1/5"),
    ("quantization", "parameters=3 bits=1", "quantized_bytes=3/8 levels=2 step=2"),
    ("bptt", "weight=2 states=[0.5,-0.5,0]", "factors=[3/2,3/2,2] gradient=9/2"),
    ("bptt", "weight=3 states=[1,0.5]", "factors=[0,9/4] gradient=0"),
    # By hand: 20*10 + 20*20 + 5*20 + 20 + 5, whatever the number of steps.
    ("unfolding", "steps=4 input_size=10 hidden_size=20 output_size=5 first=2 last=4",
     "matrices=3 parameters=725 path=2"),
    ("unfolding", "steps=1 input_size=1 hidden_size=1 output_size=1", "parameters=5 path=0"),
    ("recurrent_activation", "weight=2 steps=8 initial=0.5 arguments=[-0.5,2,0.1]",
     "state=128 slopes=[0,1,1]"),
    # 0.6^27 = 1.02e-6 and 0.6^28 = 6.1e-7; 2.5*0.4 = 1; 3*0.4 = 1.2.
    ("vanishing", "steps=100 derivative=0.5 weight=1.5 slope=0.4 one=[2.5,0.4] other=[3,0.4]",
     "factors=99 horizon=28 regime_one=1 regime_other=2"),
    # 0.1^6 = 10^-6 is not below 10^-6.
    ("vanishing", "steps=2 derivative=1 weight=0.2 slope=0.5", "first=1 horizon=7 regime_one=0"),
    ("norm_sets", "batch=8 channels=6 height=5 width=4 groups=2",
     "batch_means=6 layer_means=8 instance_means=48 group_means=16"
     " batch_values=160 layer_values=120 instance_values=20 group_values=60"),
]  # fmt: skip


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in text.split())


@pytest.mark.parametrize(("name", "inputs", "expected"), [*ROWS, *COURSE_ROWS])
def test_values_and_proof(name: str, inputs: str, expected: str) -> None:
    solved = solve(name, _pairs(inputs))
    for quantity, value in _pairs(expected).items():
        assert value_text(solved[quantity]).replace(" ", "") == value
    assert solved.solution.disagreements() == []
    assert solved.text()
    assert solved.to_json()


def test_every_derivation_has_a_row() -> None:
    assert {name for name, _, _ in [*ROWS, *COURSE_ROWS]} == set(derivations())


@pytest.mark.parametrize(
    ("name", "inputs", "quantity", "expected"),
    [
        ("gradient_product", "factor=0.25 layers=50", "magnitude", "7.88860905221012e-31"),
        ("skip_gradient", "factor=0.25 layers=50", "smallest", "5.66321656426938e-07"),
        ("rnn_gradient", "steps=100 derivative=0.5", "magnitude", "1.57772181044202e-30"),
        ("rnn_gradient", "steps=100 derivative=0.3", "magnitude", "1.7179250691067e-52"),
        ("vanishing", "steps=100 derivative=0.5 smaller=0.3", "first", "1.57772181044202e-30"),
        ("vanishing", "steps=100 derivative=0.5 smaller=0.3", "second", "1.7179250691067e-52"),
        # ln 250 by 4, and the fourth root of 250.
        ("perplexity", "chances=[0.5,0.2,0.1,0.4] letters=16", "entropy", "1.38036522946556"),
        ("perplexity", "chances=[0.5,0.2,0.1,0.4] letters=16", "value", "3.97635364383525"),
        # 1 - e^-0.5, once and times e^-0.5.
        ("state_space", "rate=-1 entry=1 readout=1 step=0.5 inputs=[1]", "output",
         "0.393469340287367"),
        ("state_space", "rate=-1 entry=1 readout=1 step=0.5 inputs=[1,0]", "output",
         "0.238651218541191"),
        ("linear_vs_conv", "height=256 units=512 out_channels=64 kernel=5", "reduction",
         "20695.6842105263"),
    ],
)  # fmt: skip
def test_reals(name: str, inputs: str, quantity: str, expected: str) -> None:
    value = solve(name, _pairs(inputs))[quantity]
    assert isinstance(value, Fraction | Decimal)
    assert approx_text(value) == expected


@pytest.mark.parametrize(
    ("name", "inputs", "message"),
    [
        ("conv2d", "height=4 in_channels=1 out_channels=1 kernel=7", "must not be higher"),
        ("conv2d", "height=4", "in_channels (input channels) is missing"),
        ("conv2d", "hieght=4", "there is no input 'hieght'"),
        ("conv3d", "", "did you mean 'conv2d'?"),
        ("lstm", "input_size=1.5 hidden_size=2", "must be a whole number"),
        ("conv2d", "height=x", "cannot read 'x' as a number"),
    ],
)
def test_bad_inputs(name: str, inputs: str, message: str) -> None:
    with pytest.raises(DerivationError) as error:
        solve(name, _pairs(inputs))
    assert message in str(error.value)
