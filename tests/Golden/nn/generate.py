"""Golden values of the provider's modules and optimizers, from PyTorch 1.13 on the CPU: python3 generate.py (in this folder)."""
import json
import math
import struct

import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(1)
TYPES = {torch.float32: "F32", torch.float64: "F64", torch.int64: "I64"}


def write(path, tensors):
    header, parts, offset = {}, [], 0
    for name, tensor in tensors.items():
        data = tensor.detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
        parts.append(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))


def initial_values():
    """Everything drawn in this order after one seed."""
    out = {}
    torch.manual_seed(7)
    modules = {
        "linear": nn.Linear(5, 7), "conv1d": nn.Conv1d(4, 6, 3, groups=2), "conv2d": nn.Conv2d(3, 4, (3, 2), bias=False),
        "embedding": nn.Embedding(9, 4, padding_idx=2), "lstm": nn.LSTM(3, 4, num_layers=2, bidirectional=True), "gru": nn.GRU(3, 5),
        "layer_norm": nn.LayerNorm([2, 3]), "group_norm": nn.GroupNorm(2, 4), "batch_norm": nn.BatchNorm1d(3),
    }
    for name, module in modules.items():
        for key, value in module.state_dict().items():
            out[f"{name}.{key}"] = value
    for name, fill in {
        "xavier_uniform": lambda t: nn.init.xavier_uniform_(t, gain=1.5), "xavier_normal": nn.init.xavier_normal_,
        "kaiming_uniform": lambda t: nn.init.kaiming_uniform_(t, nonlinearity="relu"),
        "kaiming_normal": lambda t: nn.init.kaiming_normal_(t, mode="fan_out", nonlinearity="relu"),
        "trunc_normal": lambda t: nn.init.trunc_normal_(t, mean=0.01, std=0.02, a=-0.02, b=0.04),
        "orthogonal": lambda t: nn.init.orthogonal_(t, gain=2.0),
    }.items():
        out[f"init.{name}"] = fill(torch.empty(6, 10))
    return out


def layers():
    out = {}
    torch.manual_seed(11)

    def record(name, module, *inputs, train=True):
        module.train(train)
        for key, value in module.state_dict().items():
            out[f"{name}.state.{key}"] = value.clone()
        for i, value in enumerate(inputs):
            out[f"{name}.input.{i}"] = value.clone()
        inputs = [value.requires_grad_() if value.is_floating_point() else value for value in inputs]
        result = module(*inputs)
        if isinstance(result, tuple):
            hidden = result[1]
            result = torch.cat([t.flatten() for t in [result[0], *(hidden if isinstance(hidden, tuple) else [hidden])]])
        (result * result.detach().cos()).sum().backward()
        out[f"{name}.output"] = result
        for i, value in enumerate(inputs):
            if value.grad is not None:
                out[f"{name}.gradient.{i}"] = value.grad
        for key, value in module.named_parameters():
            out[f"{name}.gradient.{key}"] = value.grad
        for key, value in module.named_buffers():
            out[f"{name}.after.{key}"] = value.clone()

    record("linear", nn.Linear(4, 3), torch.randn(2, 5, 4))
    record("embedding", nn.Embedding(6, 3, padding_idx=1), torch.tensor([[0, 1, 5], [2, 2, 1]]))
    record("conv1d", nn.Conv1d(4, 6, 3, stride=2, padding=2, dilation=2, groups=2), torch.randn(2, 4, 11))
    record("conv1d_same", nn.Conv1d(2, 3, 4, padding="same"), torch.randn(2, 2, 7))
    record("conv1d_reflect", nn.Conv1d(2, 3, 3, padding=2, padding_mode="reflect"), torch.randn(2, 2, 7))
    record("conv2d", nn.Conv2d(3, 4, (3, 2), stride=(2, 1), padding=(1, 0)), torch.randn(2, 3, 6, 5))
    record("conv2d_circular", nn.Conv2d(1, 2, 3, padding=1, padding_mode="circular"), torch.randn(1, 1, 4, 5))
    norm = nn.LayerNorm([3, 4])
    nn.init.normal_(norm.weight), nn.init.normal_(norm.bias)
    record("layer_norm", norm, torch.randn(2, 3, 4))
    norm = nn.GroupNorm(2, 4, eps=1e-3)
    nn.init.normal_(norm.weight), nn.init.normal_(norm.bias)
    record("group_norm", norm, torch.randn(2, 4, 5))
    record("batch_norm1d", nn.BatchNorm1d(4, momentum=0.3), torch.randn(3, 4, 5))
    norm = nn.BatchNorm2d(3)
    norm.running_mean.normal_(), norm.running_var.uniform_(0.5, 2)
    record("batch_norm2d_eval", norm, torch.randn(2, 3, 2, 2), train=False)
    record("lstm", nn.LSTM(3, 4, num_layers=2, batch_first=True, bidirectional=True), torch.randn(2, 5, 3))
    record("gru", nn.GRU(3, 4), torch.randn(5, 2, 3))
    record("gelu", nn.GELU(), torch.randn(7))
    record("silu", nn.SiLU(), torch.randn(7))
    record("relu", nn.ReLU(), torch.randn(7))
    record("sigmoid", nn.Sigmoid(), torch.randn(7))
    record("tanh", nn.Tanh(), torch.randn(7))
    record("softmax", nn.Softmax(1), torch.randn(2, 4))
    record("log_softmax", nn.LogSoftmax(0), torch.randn(3, 2))
    record("flatten", nn.Flatten(), torch.randn(2, 3, 4))
    record("adaptive_avg_pool1d", nn.AdaptiveAvgPool1d(3), torch.randn(2, 2, 8))
    return out


def functions():
    out = {}
    torch.manual_seed(13)
    logits, classes = torch.randn(4, 5), torch.tensor([0, 4, 2, 1])
    image, sequence = torch.randn(2, 3, 6, 5), torch.randn(2, 3, 7)
    a, b = torch.randn(4, 6), torch.randn(4, 6)
    out.update(logits=logits, classes=classes, image=image, sequence=sequence, a=a, b=b)
    weight = torch.rand(5)
    out["weight"] = weight
    out["cross_entropy"] = F.cross_entropy(logits, classes)
    out["cross_entropy_full"] = F.cross_entropy(logits, classes, weight=weight, ignore_index=2, reduction="sum", label_smoothing=0.1)
    out["nll_loss"] = F.nll_loss(F.log_softmax(logits, 1), classes, weight=weight)
    out["mse_loss"], out["l1_loss"] = F.mse_loss(a, b), F.l1_loss(a, b, reduction="none")
    out["mse_broadcast"] = F.mse_loss(a, b[:1].clone())
    out["smooth_l1_loss"], out["huber_loss"] = F.smooth_l1_loss(a, b, beta=0.5), F.huber_loss(a, b, delta=0.7)
    out["kl_div"] = F.kl_div(F.log_softmax(a, 1), F.log_softmax(b, 1), log_target=True, reduction="mean")
    out["kl_div_batch"] = F.kl_div(F.log_softmax(a, 1), F.softmax(b, 1), log_target=False, reduction="sum")
    out["bce"] = F.binary_cross_entropy(torch.sigmoid(a), torch.sigmoid(b))
    out["bce_logits"] = F.binary_cross_entropy_with_logits(a, torch.sigmoid(b), pos_weight=torch.sigmoid(a[0]))
    out["cosine_embedding"] = F.cosine_embedding_loss(a, b, torch.tensor([1, -1, 1, -1]), margin=0.2)
    out["triplet"] = F.triplet_margin_loss(a, b, a.flip(0), margin=0.5)
    out["margin_ranking"] = F.margin_ranking_loss(a, b, torch.ones_like(a).copysign(a * b), margin=0.1)
    out["ctc"] = F.ctc_loss(F.log_softmax(torch.stack([a, b, a * b, a + b, a - b]).transpose(1, 2).reshape(5, 6, 4), 2), torch.tensor([[1, 2], [3, 1], [2, 2], [1, 3], [3, 2], [1, 1]]),
                            torch.full((6,), 5), torch.full((6,), 2))
    out["cosine_similarity"], out["pairwise_distance"] = F.cosine_similarity(a, b), F.pairwise_distance(a, b, p=3)
    out["normalize"], out["normalize_p1"] = F.normalize(a), F.normalize(a, p=1, dim=0)
    out["glu"], out["gelu_tanh"], out["softplus"] = F.glu(a), F.gelu(a, approximate="tanh"), F.softplus(a, beta=2)
    out["elu"], out["leaky_relu"] = F.elu(a, 0.7), F.leaky_relu(a, 0.2)
    out["pad_constant"] = F.pad(image, (1, 2, 0, 1), value=3.5)
    out["pad_reflect"], out["pad_replicate"] = F.pad(sequence, (2, 1), mode="reflect"), F.pad(sequence, (2, 1), mode="replicate")
    out["pad_circular"] = F.pad(sequence, (2, 1), mode="circular")
    for mode in ("bilinear", "bicubic"):
        out[f"interpolate_{mode}"] = F.interpolate(image, size=(4, 9), mode=mode, align_corners=False)
        out[f"interpolate_{mode}_corners"] = F.interpolate(image, scale_factor=1.7, mode=mode, align_corners=True)
        out[f"interpolate_{mode}_antialias"] = F.interpolate(image, size=(3, 3), mode=mode, antialias=True)
    out["interpolate_nearest"] = F.interpolate(image, scale_factor=(0.5, 1.6))
    out["interpolate_area"] = F.interpolate(image, size=(2, 3), mode="area")
    out["interpolate_linear"] = F.interpolate(sequence, size=5, mode="linear", align_corners=False)
    out["grid_sample"] = F.grid_sample(image, torch.tanh(torch.stack([a[:2].reshape(2, 2, 3), b[:2].reshape(2, 2, 3)], 3)), padding_mode="border", align_corners=True)
    out["unfold"] = F.unfold(image, 2, padding=1, stride=2)
    out["max_pool1d"], out["avg_pool2d"] = F.max_pool1d(sequence, 3, 2, 1), F.avg_pool2d(image, 2, 1)
    q, k, v = torch.randn(2, 3, 4, 8), torch.randn(2, 3, 5, 8), torch.randn(2, 3, 5, 6)
    seen, added = torch.tensor([[1, 1, 0, 0, 1], [1, 0, 0, 0, 0], [0, 1, 1, 1, 1], [1, 1, 1, 1, 1]]), torch.randn(4, 5)
    out.update(q=q, k=k, v=v, seen=seen, added=added)

    def attention(mask):
        return F.softmax(q @ k.transpose(-2, -1) / math.sqrt(8) + mask, -1) @ v

    infinite = torch.tensor(-math.inf)
    out["attention"] = attention(0)
    out["attention_seen"] = attention(torch.where(seen == 1, torch.tensor(0.0), infinite))
    out["attention_added"] = attention(added)
    out["attention_causal"] = attention(torch.triu(torch.full((4, 5), -math.inf), 1))
    gradients = [torch.randn(3, 4) * 3, torch.randn(5)]
    for norm_type in (1.0, 2.0, math.inf):
        parameters = [nn.Parameter(torch.zeros_like(g)) for g in gradients]
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = gradient.clone()
        name = f"clip_{norm_type:g}"
        out[f"{name}.norm"] = nn.utils.clip_grad_norm_(parameters, 1.5, norm_type)
        for i, parameter in enumerate(parameters):
            out[f"clip.gradient.{i}"] = gradients[i]
            out[f"{name}.clipped.{i}"] = parameter.grad
    return out


OPTIMIZERS = {
    "sgd": (torch.optim.SGD, dict(lr=0.1)),
    "sgd_momentum": (torch.optim.SGD, dict(lr=0.1, momentum=0.9, dampening=0.2, weight_decay=0.05)),
    "sgd_nesterov": (torch.optim.SGD, dict(lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01)),
    "sgd_maximize": (torch.optim.SGD, dict(lr=0.1, momentum=0.5, maximize=True)),
    "adam": (torch.optim.Adam, dict(lr=0.01)),
    "adam_full": (torch.optim.Adam, dict(lr=0.02, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1, amsgrad=True)),
    "adam_maximize": (torch.optim.Adam, dict(lr=0.02, maximize=True)),
    "adamw": (torch.optim.AdamW, dict(lr=0.01, weight_decay=0.01)),
    "adamw_full": (torch.optim.AdamW, dict(lr=0.02, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1, amsgrad=True)),
    "adamw_maximize": (torch.optim.AdamW, dict(lr=0.02, weight_decay=0.05, maximize=True)),
}
STEPS = 10


def optimizers():
    out = {}
    torch.manual_seed(17)
    start = [torch.randn(3, 4), torch.randn(6)]
    gradients = [[torch.randn_like(value) * (i + 1) / 3 for value in start] for i in range(STEPS)]
    for i, value in enumerate(start):
        out[f"start.{i}"] = value.clone()
        out[f"gradients.{i}"] = torch.stack([step[i] for step in gradients])
    for name, (kind, options) in OPTIMIZERS.items():
        parameters = [nn.Parameter(value.clone()) for value in start]
        optimizer = kind(parameters, foreach=False, **options)
        history = [[], []]
        for step in gradients:
            for parameter, gradient, past in zip(parameters, step, history):
                parameter.grad = gradient.clone()
            optimizer.step()
            for parameter, past in zip(parameters, history):
                past.append(parameter.detach().clone())
        for i, past in enumerate(history):
            out[f"{name}.{i}"] = torch.stack(past)
    return out


def schedules():
    from torch.optim import lr_scheduler as s

    out = {}

    def record(name, make, steps=14, lr=0.3, measure=None):
        optimizer = torch.optim.SGD([{"params": [nn.Parameter(torch.zeros(1))]}, {"params": [nn.Parameter(torch.zeros(1))], "lr": lr / 3}], lr=lr, momentum=0.9)
        schedule = make(optimizer)
        rates, momenta = [], []
        for i in range(steps):
            rates.append([group["lr"] for group in optimizer.param_groups])
            momenta.append(optimizer.param_groups[0]["momentum"])
            optimizer.step()
            schedule.step() if measure is None else schedule.step(measure[i])
        out[name] = torch.tensor(rates, dtype=torch.float64)
        out[f"{name}.momentum"] = torch.tensor(momenta, dtype=torch.float64)

    record("step", lambda o: s.StepLR(o, 3, gamma=0.5))
    record("multi_step", lambda o: s.MultiStepLR(o, [8, 2, 2, 5], gamma=0.4))
    record("exponential", lambda o: s.ExponentialLR(o, 0.9))
    record("constant", lambda o: s.ConstantLR(o, factor=0.25, total_iters=4))
    record("linear", lambda o: s.LinearLR(o, start_factor=0.2, end_factor=0.8, total_iters=6))
    record("polynomial", lambda o: s.PolynomialLR(o, total_iters=8, power=2.0))
    record("lambda", lambda o: s.LambdaLR(o, lambda epoch: 1 / (1 + epoch)))
    record("multiplicative", lambda o: s.MultiplicativeLR(o, lambda epoch: 1 - 0.02 * epoch))
    record("cosine", lambda o: s.CosineAnnealingLR(o, T_max=5, eta_min=0.02), steps=23)
    record("sequential", lambda o: s.SequentialLR(o, [s.LinearLR(o, 0.1, total_iters=3), s.CosineAnnealingLR(o, T_max=6), s.StepLR(o, 2)], [3, 9]), steps=16)
    record("one_cycle", lambda o: s.OneCycleLR(o, max_lr=[0.5, 0.2], total_steps=14, pct_start=0.3))
    record("one_cycle_phases", lambda o: s.OneCycleLR(o, max_lr=0.5, total_steps=14, pct_start=0.4, anneal_strategy="linear", three_phase=True))
    record("plateau", lambda o: s.ReduceLROnPlateau(o, factor=0.3, patience=1, cooldown=1, min_lr=0.005), measure=[5, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3])
    record("plateau_max", lambda o: s.ReduceLROnPlateau(o, mode="max", factor=0.3, patience=0, threshold=0.5, threshold_mode="abs"), measure=[1, 1.4, 2, 2.1, 2.7, 2.6, 2.9, 3.3, 3.4, 4, 5, 6, 6, 7])
    return out


if __name__ == "__main__":
    write("init.safetensors", initial_values())
    write("layers.safetensors", layers())
    write("functions.safetensors", functions())
    write("optimizers.safetensors", optimizers())
    write("schedules.safetensors", schedules())
