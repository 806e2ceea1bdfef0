"""Everything around the functions: deployment, the laptop stack, the operator's command."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUNCTIONS = ROOT / "functions"

if str(FUNCTIONS) not in sys.path:
    sys.path.insert(0, str(FUNCTIONS))
