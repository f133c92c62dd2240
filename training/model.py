"""The token classifier: the MiniLM encoder of six layers, and what each of its pieces is."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.vocabulary import LOOKS

HEADS = 12
WIDTH, INNER, PLACES = 384, 1536, 512


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.out, self.first = nn.Linear(width, width), nn.LayerNorm(width, eps=1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.second, self.drop = nn.LayerNorm(width, eps=1e-12), nn.Dropout(dropout)
        self.rate = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        def heads(y: Tensor) -> Tensor:
            return y.view(y.shape[0], y.shape[1], HEADS, -1).transpose(1, 2)

        held = functional.scaled_dot_product_attention(
            heads(self.query(x)), heads(self.key(x)), heads(self.value(x)), attn_mask=mask,
            dropout_p=self.rate if self.training else 0.0,
        )  # fmt: skip
        held = held.transpose(1, 2).reshape(x.shape)
        x = self.first(x + self.drop(self.out(held)))
        return self.second(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Classifier(nn.Module):
    """Says for each piece of a text which kind of identifier it is part of, or none."""

    def __init__(self, words: int, kinds: int, *, layers: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        self.words, self.looks = nn.Embedding(words, WIDTH), nn.Embedding(LOOKS, WIDTH)
        self.places, self.norm = nn.Embedding(PLACES, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(WIDTH, INNER, dropout) for _ in range(layers))
        self.drop, self.answer = nn.Dropout(dropout), nn.Linear(WIDTH, kinds)

    def forward(self, ids: Tensor, looks: Tensor, mask: Tensor) -> Tensor:
        """Return the scores of each kind; `mask` is true where there is text."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.looks(looks) + self.places(places)
        x = self.drop(self.norm(x))
        attended = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, attended)
        return self.answer(self.drop(x))


def load_base(model: Classifier, base: dict[str, Tensor]) -> None:
    """Take the weights of the base encoder; the looks begin as its first kind of sentence."""
    own = {"words.weight": base["embeddings.word_embeddings.weight"],
           "places.weight": base["embeddings.position_embeddings.weight"],
           "norm.weight": base["embeddings.LayerNorm.weight"],
           "norm.bias": base["embeddings.LayerNorm.bias"]}  # fmt: skip
    names = {"query": "attention.self.query", "key": "attention.self.key",
             "value": "attention.self.value", "out": "attention.output.dense",
             "first": "attention.output.LayerNorm", "up": "intermediate.dense",
             "down": "output.dense", "second": "output.LayerNorm"}  # fmt: skip
    for number in range(len(model.layers)):
        for ours, theirs in names.items():
            for part in ("weight", "bias"):
                own[f"layers.{number}.{ours}.{part}"] = base[
                    f"encoder.layer.{number}.{theirs}.{part}"
                ]
    kind = base["embeddings.token_type_embeddings.weight"][0].float()
    with torch.no_grad():
        model.looks.weight.copy_(kind + 0.002 * torch.randn_like(model.looks.weight))
    missing, unknown = model.load_state_dict({k: v.float() for k, v in own.items()}, strict=False)
    if unknown or set(missing) != {"looks.weight", "answer.weight", "answer.bias"}:
        raise ValueError(f"the base model is of another shape: {missing} {unknown}")
