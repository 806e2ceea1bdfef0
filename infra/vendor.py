"""Fetch the third-party browser files of `infra/vendor.json` and put them where the pages expect them.

Only whoever changes a version runs this (`make vendor`, needs npm); the results are committed, so that a
clone, a deploy and the tests need neither npm nor a network. Browsers resolve no bare module names without
an import map, and an inline map would need a hole in the content security policy: imports between the
vendored packages are rewritten to relative paths instead.
"""

from __future__ import annotations

import base64
import hashlib
import json
import posixpath
import re
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "infra" / "vendor.json"
MAIN_FILES = {
    "@lit/reactive-element": "reactive-element.js",
    "lit-html": "lit-html.js",
    "lit-element": "lit-element.js",
    "lit": "index.js",
}
IMPORT = re.compile(r"""(\bfrom|\bimport)(\s*)(["'])(@lit/reactive-element|lit-html|lit-element|lit)(/[^"']+)?\3""")
UNCHECKED = "// @ts-nocheck"  # its types are its makers' matter, not of `tsc -p portal_static`
SOURCE_MAP = re.compile(r"\n?//# sourceMappingURL=\S+\s*$")


@dataclass(frozen=True)
class Package:
    """One pinned package: where its files go, and which of them (source path -> name in `into`)."""

    name: str
    version: str
    licence: str
    integrity: str
    into: str
    files: dict[str, str]


def read_manifest() -> list[Package]:
    """Return the packages of the manifest, in its order."""
    return [Package(**entry) for entry in json.loads(MANIFEST.read_text())["packages"]]


def vendor(packages: list[Package]) -> list[Path]:
    """Fetch every package, check it against its integrity value and write its files.

    Returns the paths written. Raises ValueError when a tarball is not the pinned one, and
    subprocess.CalledProcessError when npm cannot fetch it.
    """
    homes = {package.name: package.into for package in packages}
    written: list[Path] = []
    with tempfile.TemporaryDirectory() as folder:
        for package in packages:
            tarball = fetch(package, Path(folder))
            written += unpack(package, tarball, homes)
    return written


def fetch(package: Package, folder: Path) -> Path:
    """Return the path of the package's tarball in `folder`, as `npm pack` made it."""
    command = ["npm", "pack", "--silent", "--json", f"{package.name}@{package.version}"]
    answer = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    tarball = folder / str(json.loads(answer.stdout)[0]["filename"])
    found = "sha512-" + base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if found != package.integrity:
        raise ValueError(f"{package.name}@{package.version} is not the pinned file: {found}")
    return tarball


def unpack(package: Package, tarball: Path, homes: dict[str, str]) -> list[Path]:
    """Write the listed files of one tarball below the project; scripts lose bare imports and source maps."""
    written = []
    with tarfile.open(tarball) as archive:
        for source, name in package.files.items():
            member = archive.extractfile(f"package/{source}")
            if member is None:
                raise ValueError(f"{package.name} holds no file {source}")
            target = ROOT / package.into / name
            target.parent.mkdir(parents=True, exist_ok=True)
            content = member.read()
            if name.endswith((".js", ".d.ts")):
                content = adapt(content, f"{package.into}/{name}", homes)
            target.write_bytes(content)
            written.append(target)
    return written


def adapt(content: bytes, path: str, homes: dict[str, str]) -> bytes:
    """Return a script or its types with bare imports made relative to `path` and without a source map."""

    def relative(match: re.Match[str]) -> str:
        keyword, gap, quote, name, rest = match.groups()
        target = posixpath.join(homes[name], (rest or "/" + MAIN_FILES[name])[1:])
        location = posixpath.relpath(target, posixpath.dirname(path))
        if not location.startswith("."):
            location = "./" + location
        return f"{keyword}{gap}{quote}{location}{quote}"

    text = SOURCE_MAP.sub("\n", content.decode())
    return f"{UNCHECKED}\n{IMPORT.sub(relative, text)}".encode()


if __name__ == "__main__":
    for each in vendor(read_manifest()):
        print(each.relative_to(ROOT))
