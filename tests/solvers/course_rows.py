"""Literal values of the derivations of training, metrics and transformers, with their source."""

from __future__ import annotations

# name, inputs, expected values; where nothing else is said, by hand.
ROWS = [
    ("softmax_loss", "logits=[0,0,0,0] target=2",
     "probabilities=[1/4,1/4,1/4,1/4] gradient=[1/4,-3/4,1/4,1/4]"),
    # a = (6, -2), h = (6, 0), y = 12 + 1.
    ("backprop_relu", "x=[1,2] weights=[[1,2],[2,-1]] biases=[1,-2] readout=[2,-1] bias=1 target=9"
     " rate=0.1",
     "output=13 loss=8 readout_gradient=[24,0] hidden_deltas=[8,0]"
     " weight_gradient=[[8,16],[0,0]] new_weight=-2/5"),
    # a = 0, h = 1/2, y = 1: (1 - 3) * 2 * 1/4.
    ("backprop_sigmoid", "x=[1] weights=[[2]] biases=[-2] readout=[2] target=3",
     "hidden=[1/2] hidden_deltas=[-1] weight_gradient=[[-1]] new_weight=3"),
    ("momentum", "curvature=2 minimum=1 start=5 rate=0.1 decay=0.9",
     "plain_second=89/25 second=71/25 nesterov_second=373/125 largest_rate=1"),
    ("momentum", "curvature=2 minimum=1 start=5 rate=0.1 decay=0.9 averaged=1",
     "velocity_first=4/5 first=123/25"),
    # The first step is the rate times the sign, whatever the gradient.
    ("adam", "start=2 gradient_one=0.5 gradient_two=-0.2 rate=0.1 decay=0.1",
     "corrected_mean_one=1/2 corrected_square_one=1/4 first=47/25 mean_two=1/40"),
    ("adam", "start=2 gradient_one=0.5 gradient_two=-0.2 rate=0.1 decay=0.1 coupled=1",
     "decayed_one=7/10 first=19/10"),
    ("initialization", "fan_in=512 fan_out=256 variance=0.0078125 layers=10",
     "xavier_variance=1/384 he_variance=1/256 layer_factor=2 signal_factor=1024"),
    ("dropout", "values=[1,2,3,2] weights=[1,-1,2,1] mask=[1,0,1,1] rate=0.2 units=10",
     "sum_in_training=45/4 sum_at_test=7 variance=45/4 subnetworks=1024"),
    ("dropout", "values=[1,2] weights=[1,1] mask=[1,0] rate=0.5 at_test=1",
     "sum_in_training=1 sum_at_test=3/2 variance=5/4"),
    ("penalties", "curvature=2 optimum=3 strength=1 rate=0.1 start=2 steps=3",
     "ridge=2 lasso=5/2 shrunk=729/500 early=183/125"),
    ("penalties", "curvature=2 optimum=3 strength=8 rate=0.1 start=2 steps=1", "lasso=0"),
    # cos(pi/3) = 1/2.
    ("schedule", "device_batch=16 devices=4 accumulation=2 examples=50000 base_rate=0.1"
     " warm_steps=1000 steps=10000 early=200 late=4000",
     "batch=128 epoch_steps=390 peak=1/20 warm_rate=1/100 late_rate=3/80"),
    ("confusion", "counts=[[8,1,1],[2,6,4],[0,3,9]]",
     "accuracy=23/34 precision=[4/5,3/5,9/14] recall=[4/5,1/2,3/4] f_one=[4/5,6/11,9/13]"),
    ("confusion", "counts=[[8,1,1],[2,6,4],[0,3,9]] columns_true=1", "recall=[4/5,3/5,9/14]"),
    ("ranking", "labels=[1,0,1,1,0,0,0] taken=3",
     "true_rate=2/3 false_rate=1/4 auc=5/6 average_precision=29/36"),
    ("boxes", "truth=[0,0,4,4] found=[2,1,6,5]", "intersection=6 iou=3/13 dice=3/8"),
    ("boxes", "truth=[0,0,4,4] found=[4,0,6,5]", "iou=0 dice=0"),
    ("suppression", "overlaps=[[1,0.6,0.1],[0.6,1,0.7],[0.1,0.7,1]] limit=0.5 right=[1,0,1]"
     " objects=3", "kept=[1,0,1] precision=1 recall=2/3"),
    # x^ = (-1, -1, 1, 1) and s = 2: g - 2/4 + 6/4 x^.
    ("norm_backward", "values=[2,2,6,6] upstream=[1,3,0,-2] gamma=2",
     "gamma_gradient=-6 beta_gradient=2 value_gradient=[-1,1,1,-1]"),
    ("rms_norm", "values=[1,1,1,5] gains=[1,2,3,4]",
     "mean_square=7 variance=3"),
]  # fmt: skip
