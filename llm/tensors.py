"""tensors: reads and writes the safetensors format with numpy alone.

8 bytes: length of the header | header: JSON {name: {dtype, shape, data_offsets}} | the numbers, end to end
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# numpy has no bfloat16: the upper half of a float32
_KINDS: dict[str, np.dtype[Any]] = {"F16": np.dtype("<f2"), "BF16": np.dtype("<u2"), "F32": np.dtype("<f4")}
MOST_HEADER = 1 << 20


class BadTensors(ValueError):
    """The file is not what it says it is."""


def load(path: Path) -> dict[str, NDArray[np.float32]]:
    """Every tensor of a file, as float32. Raises BadTensors."""
    raw = path.read_bytes()
    length = int.from_bytes(raw[:8], "little")
    if not 2 <= length <= min(MOST_HEADER, len(raw) - 8):
        raise BadTensors(f"{path.name}: the header's length does not fit the file")
    header = json.loads(raw[8 : 8 + length])
    body = memoryview(raw)[8 + length :]
    tensors: dict[str, NDArray[np.float32]] = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        kind, shape = _KINDS.get(entry["dtype"]), tuple(entry["shape"])
        if kind is None or not 0 <= start <= end <= len(body) or end - start != kind.itemsize * int(np.prod(shape)):
            raise BadTensors(f"{path.name}: {name} does not fit the file")
        numbers = np.frombuffer(body[start:end], kind)
        if entry["dtype"] == "BF16":
            numbers = (numbers.astype(np.uint32) << 16).view(np.float32)
        tensors[name] = numbers.reshape(shape).astype(np.float32)
    return tensors


def save(path: Path, tensors: Mapping[str, NDArray[np.floating]]) -> None:
    """Writes tensors as float16."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    parts: list[bytes] = []
    at = 0
    for name in sorted(tensors):
        part = np.ascontiguousarray(tensors[name], np.dtype("<f2")).tobytes()
        header[name] = {"dtype": "F16", "shape": list(tensors[name].shape), "data_offsets": [at, at + len(part)]}
        parts.append(part)
        at += len(part)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(parts))
