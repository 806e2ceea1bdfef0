"""The browser that the screens' tests drive: found, or on Debian installed; else said loudly.

`python -m infra.browser` is what `make test` calls first; it never fails a run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find_browser() -> str | None:
    """The path of a Chromium or Chrome; DESK_BROWSER names another one."""
    named = os.environ.get("DESK_BROWSER")
    found = [named, *(shutil.which(name) for name in NAMES), *(it for it in PLACES if Path(it).exists())]
    return next((path for path in found if path), None)


def main() -> None:
    """Make sure that there is a browser, where we may install one."""
    if find_browser():
        return
    if command := _apt():
        print("installing Chromium for the browser tests ...", flush=True)
        for step in ("update", "install"):
            packages = ["--no-install-recommends", "chromium"] if step == "install" else []
            subprocess.run([*command, "-qq", "-y", step, *packages], stdout=subprocess.DEVNULL, check=False)
    if not find_browser():
        line = "*" * 78
        print(f"{line}\n* NO BROWSER: tests/browser is left out. Install Chromium, or set DESK_BROWSER.\n{line}")


def _apt() -> list[str] | None:
    """apt-get as root or through a sudo that asks no password; None where neither is so."""
    if not Path("/etc/debian_version").exists() or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    allowed = shutil.which("sudo") and not subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode
    return ["sudo", "-n", "apt-get"] if allowed else None


if __name__ == "__main__":
    main()
