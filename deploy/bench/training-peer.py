"""Peer of deploy/bench/training: a ResNet training step in PyTorch.

    python3 training-peer.py NETWORK SIDE BATCH THREADS STEPS plain|channels-last

The networks are those of org.headct.ich.networks.ResNet: torchvision's with one sigmoid output. A step computes the gradient of
the binary cross-entropy of a batch in memory, and updates by SGD with Nesterov momentum and weight decay. Prints a line of JSON:
the seconds of each step after the first two, and the peak of resident memory in bytes.
"""

import json
import resource
import sys
import time

import torch
from torch import nn

WARM_UPS = 2
STAGES = {
    "resnet18": (1, [2, 2, 2, 2]),
    "resnet34": (1, [3, 4, 6, 3]),
    "resnet50": (4, [3, 4, 6, 3]),
    "resnet101": (4, [3, 4, 23, 3]),
    "resnet152": (4, [3, 8, 36, 3]),
}


def conv_norm(channels, out, kernel, stride=1):
    """Returns a convolution without bias and its batch norm."""
    conv = nn.Conv2d(channels, out, kernel, stride, kernel // 2, bias=False)
    return [conv, nn.BatchNorm2d(out)]


class Residual(nn.Module):
    """Residual block: basic with expansion 1, bottleneck with expansion 4."""

    def __init__(self, channels, width, stride, expansion):
        super().__init__()
        out = width * expansion
        if expansion == 1:
            parts = conv_norm(channels, width, 3, stride) + [nn.ReLU(inplace=True)] + conv_norm(width, width, 3)
        else:
            parts = conv_norm(channels, width, 1) + [nn.ReLU(inplace=True)]
            parts += conv_norm(width, width, 3, stride) + [nn.ReLU(inplace=True)] + conv_norm(width, out, 1)
        self.branch = nn.Sequential(*parts)
        same = stride == 1 and channels == out
        self.shortcut = nn.Identity() if same else nn.Sequential(*conv_norm(channels, out, 1, stride))
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(self.branch(x) + self.shortcut(x))


def resnet(name):
    """Returns the network with one output, a logit."""
    expansion, stages = STAGES[name]
    layers = conv_norm(3, 64, 7, 2) + [nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)]
    channels = 64
    for stage, blocks in enumerate(stages):
        for block in range(blocks):
            width = 64 << stage
            layers.append(Residual(channels, width, 2 if stage and not block else 1, expansion))
            channels = width * expansion
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 1))


def main():
    name, side, batch, threads, steps, layout = sys.argv[1], *map(int, sys.argv[2:6]), sys.argv[6]
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    memory = torch.channels_last if layout == "channels-last" else torch.contiguous_format
    network = resnet(name).to(memory_format=memory).train()
    update = torch.optim.SGD(network.parameters(), 0.01, momentum=0.9, nesterov=True, weight_decay=1e-4)
    loss = nn.BCEWithLogitsLoss()
    images = torch.rand(batch, 3, side, side).to(memory_format=memory)
    labels = torch.randint(0, 2, (batch, 1)).float()
    seconds = []
    for _ in range(WARM_UPS + steps):
        start = time.perf_counter()
        update.zero_grad()
        loss(network(images), labels).backward()
        update.step()
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds[WARM_UPS:], "peakBytes": peak}))


main()
