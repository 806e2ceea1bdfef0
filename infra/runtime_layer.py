"""Keeps the packages of the Lambda layer at the versions of requirements.lock: `python -m infra.runtime_layer`."""

from __future__ import annotations

import re
from pathlib import Path

from infra import ROOT

LAYER = ROOT / "layers" / "runtime" / "requirements.txt"
LOCK = ROOT / "requirements.lock"
_PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;]+)", re.MULTILINE)


def pins(path: Path) -> dict[str, str]:
    """Name -> version of a requirements file."""
    return dict(_PIN.findall(path.read_text()))


def main() -> None:
    """Write the lock's versions into the layer's list."""
    locked = pins(LOCK)
    text = _PIN.sub(lambda pin: f"{pin[1]}=={locked[pin[1]]}", LAYER.read_text())
    LAYER.write_text(text)


if __name__ == "__main__":
    main()
