"""Writes a trained model as the quantised ONNX file that the product runs."""

import argparse
import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from training.model import HEADS, WIDTH, Classifier
from training.pieces import KINDS


class Attention(torch.autograd.Function):
    """Attention as one node, which onnxruntime reckons without laying its heads out anew."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        return query

    @staticmethod
    def symbolic(g: Any, query: Any, key: Any, value: Any) -> Any:
        said = g.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=HEADS)
        said.setType(query.type())
        return said


class Whole(nn.Module):
    """The model for one window of one text, with chances where training has scores."""

    def __init__(self, model: Classifier) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, looks: Tensor) -> Tensor:
        model = self.model
        places = torch.arange(ids.shape[1])
        x = model.norm(model.words(ids) + model.looks(looks) + model.places(places))
        for layer in model.layers:
            held = Attention.apply(layer.query(x), layer.key(x), layer.value(x))
            x = layer.first(x + layer.out(held))
            x = layer.second(x + layer.down(functional.gelu(layer.up(x))))
        return torch.softmax(model.answer(x), -1)


def main() -> None:
    """Write model.onnx, words.txt and model.json into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("out", type=Path)
    told = parser.parse_args()
    weights = {name: each.float() for name, each in load_file(told.weights).items()}
    layers = len({name.split(".")[1] for name in weights if name.startswith("layers.")})
    model = Classifier(len(weights["words.weight"]), len(KINDS), layers=layers)
    model.load_state_dict(weights)
    told.out.mkdir(parents=True, exist_ok=True)
    _write_model(model, told.out / "model.onnx")
    vocabulary = json.loads(told.tokenizer.read_text("utf-8"))["model"]["vocab"]
    words = sorted(vocabulary, key=lambda word: vocabulary[word])
    (told.out / "words.txt").write_text("\n".join(words) + "\n", "utf-8")
    sums = {name: hashlib.sha256((told.out / name).read_bytes()).hexdigest()
            for name in ("model.onnx", "words.txt")}  # fmt: skip
    about = {"kinds": list(KINDS), "window": 254, "overlap": 32, "sha256": sums}
    (told.out / "model.json").write_text(json.dumps(about, indent=1) + "\n")


def _write_model(model: Classifier, out: Path) -> None:
    sizes = {name: {1: "size"} for name in ("ids", "looks", "kinds")}
    with tempfile.TemporaryDirectory() as folder:
        whole, plain = Path(folder, "whole.onnx"), Path(folder, "plain.onnx")
        given = (torch.full((1, 24), 300), torch.zeros((1, 24), dtype=torch.int64))
        torch.onnx.export(
            Whole(model.eval()),
            given,
            whole,
            input_names=["ids", "looks"],
            output_names=["kinds"],
            dynamo=False,
            opset_version=17,
            dynamic_axes=sizes,
        )
        fused = FusionOptions("bert")
        # Its node for adding before a norm is several times slower than the two nodes apart.
        fused.enable_skip_layer_norm = fused.enable_bias_skip_layer_norm = False
        better = optimize_model(str(whole), "bert", num_heads=HEADS, hidden_size=WIDTH,
                                opt_level=0, optimization_options=fused)  # fmt: skip
        better.save_model_to_file(str(plain))
        # Without these two the eight-bit model loses recall.
        quantize_dynamic(plain, out, per_channel=True, reduce_range=True,
                         weight_type=QuantType.QInt8,
                         extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT})  # fmt: skip


if __name__ == "__main__":
    main()
