"""`desk deploy`: the order of its steps, the second pass of the first time, what is uploaded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.commands import deploy as command
from infra.commands import portal

URL = "https://d111.cloudfront.net"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in [it for it in os.environ if it.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket="portal")
        yield s3


def run(monkeypatch: pytest.MonkeyPatch, urls: list[str]) -> list[str]:
    """What `desk deploy` does when the stack's address is what `urls` says, one after the other."""
    done: list[str] = []
    answers = iter(urls)
    monkeypatch.setattr(command, "_sam", lambda verb, _env, *given: done.append(" ".join([verb, *given])))
    monkeypatch.setattr(command, "_url", lambda _stack: next(answers))
    monkeypatch.setattr(command, "outputs_of", lambda _stack: {})
    monkeypatch.setattr(command, "_publish", lambda _outputs: done.append("publish"))
    command.deploy("default")
    return done


def test_the_first_deployment_has_a_second_pass_that_knows_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    build, first, second, publish = run(monkeypatch, ["", URL])
    assert (build, publish) == ("build", "publish")
    assert "Origin=" not in first
    assert second.endswith(f"Origin={URL}")
    assert "OrgId=desk" in second


def test_a_later_deployment_has_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = run(monkeypatch, [URL, URL])
    assert [step.split()[0] for step in steps] == ["build", "deploy", "publish"]
    assert f"Origin={URL}" in steps[1]


def test_screens_are_uploaded_when_changed_and_removed_when_gone(
    aws: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(portal, "STATIC", tmp_path)
    monkeypatch.setattr(portal, "BESIDE", {})
    (tmp_path / "agent").mkdir()
    (tmp_path / "agent" / "app.js").write_text("export {}")
    (tmp_path / "index.html").write_text("<!doctype html>")
    assert portal.sync("portal") == (2, 0)
    assert portal.sync("portal") == (0, 0)
    (tmp_path / "index.html").unlink()
    (tmp_path / "agent" / "app.js").write_text("export {one}")
    assert portal.sync("portal") == (1, 1)
    head = aws.head_object(Bucket="portal", Key="agent/app.js")
    assert head["ContentType"] == "text/javascript; charset=utf-8"
    assert "must-revalidate" in head["CacheControl"]
