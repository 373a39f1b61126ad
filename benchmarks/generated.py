"""Lists of any length, in the shapes that long lists have; the same for the same numbers."""

from __future__ import annotations

import random

_WORDS = [
    "adaptive",
    "attention",
    "bayesian",
    "causal",
    "convolutional",
    "deep",
    "diffusion",
    "distillation",
    "efficient",
    "embedding",
    "ensemble",
    "equivariant",
    "federated",
    "generative",
    "graph",
    "hierarchical",
    "implicit",
    "inference",
    "kernel",
    "latent",
    "learning",
    "masked",
    "models",
    "networks",
    "neural",
    "optimal",
    "policy",
    "probabilistic",
    "pruning",
    "quantized",
    "recurrent",
    "reinforcement",
    "representation",
    "robust",
    "sampling",
    "scalable",
    "sparse",
    "spectral",
    "structured",
    "supervised",
    "transformers",
    "transport",
    "variational",
    "vision",
]
_NAMES = ("Ada Byron", "Chen Wei", "José García", "Sofia Kovalevskaya", "Tim Salimans", "Yuki Sato")
_VENUES = ("CVPR", "ECCV", "ICLR", "ICML", "NeurIPS", "arXiv")


def four_line_entries(count: int, *, seed: int = 0) -> str:
    """Bold title, italic authors, venue with links, date: four lines an entry, in sections."""
    chance = random.Random(seed)
    parts = [f"# A list of {count} papers (number {seed})\n"]
    for number in range(count):
        if number % 50 == 0:
            parts.append(f"\n## Topic {number // 50} {chance.choice(_WORDS)}\n")
        title = " ".join(chance.sample(_WORDS, 6)).capitalize() + f" {seed}-{number}"
        authors = ", ".join(chance.sample(_NAMES, 3))
        year = chance.randint(2015, 2025)
        link = f"{year % 100:02}{chance.randint(1, 12):02}.{chance.randint(10000, 99999)}"
        parts.append(
            f"**{title}** \\\n*{authors}* \\\n{chance.choice(_VENUES)} {year}. "
            f"[[Paper](https://arxiv.org/abs/{link})] [[Github](https://github.com/x/r{number})] \\\n"
            f"{chance.randint(1, 28)} Mar {year}\n"
        )
    return "\n".join(parts)
