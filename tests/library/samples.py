"""Two small lists that share a paper, and a clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from readq.model.paper import PaperId

NETS = """\
# Nets

## Small

- **Born Again Neural Networks**. ICML 2018.

    *Tommaso Furlanello, Zachary Lipton*. [[pdf](https://arxiv.org/abs/1805.04770)]

- **Deep Mutual Learning**. CVPR 2018.

    *Ying Zhang, Tao Xiang*. [[pdf](https://arxiv.org/abs/1706.00384)] [[code](https://github.com/x/y)]

### Tiny

- **Attention Is a Teacher**. ICLR 2017.

    *Ana Müller*. [[pdf](https://arxiv.org/abs/1612.03928)]

## Large

- **Learning Without Labels**. NeurIPS 2020.

    *Li Wei*.
"""
MORE = """\
# More Nets

- **Born Again Neural Networks**. ICML 2018.

    *Tommaso Furlanello, Zachary Lipton*. [[pdf](https://arxiv.org/abs/1805.04770)]

- **Teaching Small Models**. 2021.

    *Eva Novák*. [[pdf](https://arxiv.org/abs/2101.02388)]
"""

BORN = PaperId("born-again-neural-networks")
MUTUAL = PaperId("deep-mutual-learning")
ATTENTION = PaperId("attention-is-a-teacher")
LABELS = PaperId("learning-without-labels")
TEACHING = PaperId("teaching-small-models")
ALL = (BORN, TEACHING, MUTUAL, ATTENTION, LABELS)
"""In list order: files are subscribed to by name."""


class Clock:
    """A clock that goes on by a second at every look."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 21, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time
