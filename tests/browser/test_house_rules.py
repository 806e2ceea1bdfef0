"""What the screens' code must keep to: tokens for colours, no inline code, files of one behaviour."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "portal_static"
OURS = [path for path in STATIC.rglob("*") if path.is_file() and "vendor" not in path.parts]
SCRIPTS = [path for path in OURS if path.suffix == ".js"]
SHEETS = [path for path in OURS if path.suffix == ".css"]
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:oklch|rgb|hsl|oklab)a?\(|:\s*(?:white|black|red|gr[ae]y)\b", re.I)


def name(path: Path) -> str:
    return str(path.relative_to(STATIC))


@pytest.mark.parametrize("path", [path for path in SHEETS if path.name != "tokens.css"], ids=name)
def test_sheets_use_tokens_only(path: Path) -> None:
    plain = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    assert COLOUR.findall(plain) == []


def test_scripts_name_no_colour() -> None:
    found = {name(path): COLOUR.findall(path.read_text()) for path in SCRIPTS}
    assert {path: hits for path, hits in found.items() if [hit for hit in hits if not re.match(r"#\d+$", hit)]} == {}


def test_nothing_is_inline() -> None:
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son\w+=[\"']", re.I)
    assert [name(path) for path in OURS if path.suffix in {".html", ".js"} and inline.search(path.read_text())] == []


def test_files_stay_small() -> None:
    assert [name(path) for path in [*SCRIPTS, *SHEETS] if path.read_text().count("\n") > 200] == []


def test_every_icon_is_drawn() -> None:
    drawn = (STATIC / "shared/parts/icons.js").read_text()
    used = {icon for path in SCRIPTS for icon in re.findall(r'\bicon(?:\(|: )"([\w-]+)"', path.read_text())}
    assert [icon for icon in sorted(used) if not re.search(rf'^  "?{icon}"?: svg', drawn, re.M)] == []


def test_vendored_files_are_those_of_the_manifest() -> None:
    packages = json.loads((ROOT / "infra/vendor.json").read_text())["packages"]
    named = {f"{package['into']}/{target}" for package in packages for target in package["files"].values()}
    folders = [STATIC / "vendor", ROOT / "tests/browser/vendor"]
    there = {str(path.relative_to(ROOT)) for folder in folders for path in folder.rglob("*") if path.is_file()}
    assert there == named
    assert all("LICENSE" in package["files"].values() for package in packages)


def test_no_map_and_no_foreign_host() -> None:
    scripts = [path for path in STATIC.rglob("*.js") if path.is_file()]
    assert [name(path) for path in scripts if "sourceMappingURL=" in path.read_text()] == []
    hosts = re.compile(r"https?://(?!www\.w3\.org)[\w.-]+")
    assert {name(path): hosts.findall(path.read_text()) for path in SCRIPTS if hosts.search(path.read_text())} == {}
