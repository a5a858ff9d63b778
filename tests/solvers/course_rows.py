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
    # Products 3 and 1 of 4 features; a token that sees itself alone has the weight 1.
    ("attention", "queries=[[1,0,1,0],[2,1,0,1]] keys=[[1,0,2,1],[0,1,1,0]] values=[[4,0],[0,2]]"
     " token=2", "products=[3,1] scores=[3/2,1/2]"),
    ("attention", "queries=[[1,0],[2,1]] keys=[[1,0],[0,1]] values=[[4,0],[0,2]] token=1",
     "weights=[1] output=[4,0]"),
    # GPT-2 small, as its state dictionary has it.
    ("transformer_parameters", "width=768 inner=3072 layers=12 vocabulary=50257 context=1024",
     "attention=2362368 block=7087872 parameters=124439808"),
    ("transformer_parameters", "width=8 inner=3 layers=2 vocabulary=5 bias=0 untied=1",
     "block=336 parameters=768"),
    ("transformer_flops", "tokens=2 width=3 inner=5 parameters=10 trained=4",
     "projections=144 mixing=48 feed_forward_flops=120 block_flops=312 training=240"),
    ("transformer_flops", "tokens=2 width=3 inner=5 single=1", "block_flops=156"),
    ("kv_cache", "layers=32 heads=32 kv_heads=8 head_size=128 tokens=4096 batch=2 number_bytes=2"
     " latent=576",
     "token_bytes=131072 cache_bytes=1073741824 saving=4 latent_bytes=301989888"),
    # Rajbhandari et al. 2020, 3.1: 1.5e9 parameters take at least 24 GB.
    ("training_memory", "parameters=1500000000", "each=16 state_bytes=24000000000"),
    ("training_memory", "parameters=10 moments=1 single=1 card=25", "each=12 largest=2"),
    # Rajbhandari et al. 2020, figure 1: 31.4, 16.6 and 1.9 GB.
    ("sharding", "parameters=7500000000 devices=64 microbatches=8 stages=4",
     "stage_one=31406250000 stage_two=16640625000 stage_three=1875000000 sent=29531250000"
     " bubble=3/11"),
    # Hu et al. 2022: 2*8*4096 for a matrix of LLaMA's size.
    ("lora", "width=4096 rank=8 matrices=2 layers=32 base=7000000000 base_bits=4",
     "trained=4194304 share=1/256 tuning_bytes=3567108864"),
    ("rotary", "width=8 pair=2 position=0 other=0 query=[1,2] key=[2,-1]",
     "theta=1/100 turned=[1,2] score=0"),
    ("experts", "width=512 inner=2048 number=8 chosen=2 tokens=1000 factor=1.25"
     " loads=[0.5,0.25,0.25,0] chances=[0.4,0.3,0.2,0.1]",
     "whole_layer=16781312 active=4198400 capacity=313 gate=1/2 balance=13/10"),
    ("scaling", "parameters=70000000000 tokens=1400000000000 budget=1.2e20 devices=1000"
     " speed=1e15 used=0.5",
     "work=588000000000000000000000 days=245/18 ratio=20 best=1000000000 best_tokens=20000000000"),
    # ViT-B/16 of Dosovitskiy et al. 2021.
    ("vision_transformer", "size=224 patch=16 width=768",
     "tokens=197 patch_parameters=590592 position_parameters=152064"),
    ("vision_transformer", "size=224 patch=16 width=768 class_token=0", "tokens=196 growth=4"),
    ("roofline", "parameters=7000000000 batch=8 speed=312e12 bandwidth=2e12",
     "intensity=8 ridge=156 critical_batch=156 step_time=7/1000"),
    ("roofline", "parameters=1000 batch=100 speed=1000 bandwidth=1000", "step_time=200"),
    ("speculation", "accepted=0.5 proposed=2 cost=0.25",
     "all_accepted=1/4 expected=7/4 speedup=7/6"),
    ("affine_quantization", "low=-1 high=3 value=0.7",
     "scale=4/255 zero_point=64 code=109 restored=12/17 symmetric_scale=3/127"),
    ("affine_quantization", "low=0 high=1 bits=2 value=5", "code=3 restored=1"),
    ("vae", "mean=0.5 deviation=1 noise=1.2 error=-0.4",
     "divergence=1/8 sample=17/10 deviation_gradient=-12/25"),
    ("diffusion", "betas=[0.1,0.2,0.3] start=2 noise=-1",
     "kept=63/125 ratio=63/62 posterior_variance=21/124"),
    ("diffusion", "betas=[0.64] start=5 noise=1", "noisy=19/5"),
    ("contrastive", "similarities=[0,0] temperature=0.1 near=0.5 far=0.9 margin=1",
     "probability=1/2 triplet=3/5"),
    ("contrastive", "similarities=[0.5] temperature=0.1 near=0.5 far=2 margin=1", "triplet=0"),
    ("preferences", "chosen=-10 rejected=-14 chosen_before=-12 rejected_before=-16 beta=0.5",
     "reward_chosen=1 reward_rejected=1 wins=1/2 slope=-1/4"),
    # By hand: -2 + 0.9*8 - 5; 5 + 0.1*0.2; 5 + 0.1*(-2 + 0.9*4 - 5); 0.9 + 0.1/3.
    ("q_learning", "table=[[2,5,3],[4,1,8]] state=1 action=2 reward=-2 next_state=2 next_action=1"
     " discount=0.9 rate=0.1 exploration=0.1",
     "error=1/5 updated=251/50 sarsa=233/50 greedy=14/15"),
    # Errors -0.2, 4.5, 2.6; -0.2 + 0.45*4.5 + 0.2025*2.6; a ratio of 1.5 counts as 1.2.
    ("policy_step", "rewards=[1,2,4] values=[3,2,5,4] discount=0.9 mixing=0.5 before=0.2 now=0.3"
     " clip=0.2",
     "errors=[-1/5,9/2,13/5] advantage=4703/2000 clipped=6/5 objective=14109/5000"),
    # With a loss, the ratio 1.5 counts in full.
    ("policy_step", "rewards=[1] values=[3,0] discount=0.5 mixing=1 before=0.2 now=0.3 clip=0.2",
     "advantage=-2 objective=-3"),
    # 0.5*0.4, 0.35*0.8; a beam of one is greedy.
    ("beam_search", "first=[0.5,0.35,0.15] second=[[0.25,0.4,0.35],[0.05,0.15,0.8],[0.5,0.35,0.15]]"
     " strength=1", "greedy=1/5 found=7/25 best=7/25"),
    ("beam_search", "first=[0.5,0.3,0.2] second=[[0.4,0.6],[0.5,0.5],[0.9,0.1]] width=1 strength=0",
     "greedy=3/10 found=3/10 best=3/10"),
    ("sampling", "chances=[0.4,0.25,0.15,0.12,0.08] kept=2 limit=0.75 temperature=0.5",
     "top_k=8/13 number=3 top_p=1/2 tempered=800/1329"),
    ("sampling", "chances=[0.4,0.25,0.15,0.12,0.08] kept=1 limit=0.65 temperature=1",
     "top_k=1 number=2 tempered=2/5"),
    ("skip_gram", "center=[0,0] context=[2,1] negatives=[[-1,2]] words=10 features=3",
     "real_pair=1/2 fake_pairs=[1/2] gradient=[-3/2,1/2] parameters=60"),
    ("byte_pairs", "words=[[2,1,20,3,8],[3,8,1,20],[2,1,20,8],[20,8,1,20]] counts=[3,5,4,2]"
     " letters=26 merges=1000", "letters_before=59 first=14 second=8 tokens=37 vocabulary=1026"),
    # A pair that overlaps with itself only once: aab aab.
    ("byte_pairs", "words=[[1,1,2]] counts=[2] letters=2 merges=0", "letters_before=6 tokens=2"),
    ("gan", "data=[0.5,0.5] made=[0.25,0.75] belief=0.1", "best=[2/3,2/5] slopes=[-1/10,-9/10]"),
    # Ronneberger, Fischer and Brox 2015, figure 1.
    ("unet", "size=572 levels=4 channels=64",
     "contracted=[568,280,136,64,28] expanded=[52,100,196,388] output=388 crop=88"
     " parameters=110720"),
    ("unet", "size=44 levels=2 channels=1 bias=0", "bottom=4 output=4 crop=16 parameters=27"),
    ("perplexity", "chances=[0.5,0.5,1,0.5] letters=8", "number=4"),
    # AAB, ABB, AB-, A-B, -AB; of BB only B-B.
    ("ctc", "chances=[[0.2,0.7,0.1],[0.5,0.2,0.3],[0.1,0.3,0.6]] first=1 second=2",
     "probability=93/200 best=21/100"),
    ("ctc", "chances=[[0.2,0.7,0.1],[0.5,0.2,0.3],[0.1,0.3,0.6]] first=2 second=2",
     "probability=3/100"),
    ("state_space", "rate=-1 entry=0 readout=3 step=0.5 inputs=[1,2]", "kernel=[0,0] output=0"),
    # Of the path 1 - 2 - 3, node 1 gets itself by 1/2 and node 2 by 1/sqrt(6), which is left out.
    ("graph_convolution", "edges=[[0,1,0],[1,0,1],[0,1,0]] features=[[3],[0],[5]] weights=[2]"
     " node=1", "degrees=[2,3,2] mixed=[6,0,10]"),
    ("graph_convolution", "edges=[[0,1],[1,0]] features=[[1],[3]] weights=[-1] node=2",
     "shares=[1/2,1/2] gathered=-2 output=0"),
    ("distillation", "teacher=[0,0] student=[0,0] temperature=3",
     "soft_teacher=[1/2,1/2] soft_student=[1/2,1/2] gradient=[0,0]"),
]  # fmt: skip
