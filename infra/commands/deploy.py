"""`desk deploy`: build and deploy to AWS, then the screens; see docs/deploy.md."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from typing import Annotated, Any

import typer

from infra import ROOT
from infra.commands import portal
from infra.commands.operator import outputs_of

Config = Annotated[str, typer.Option("--config-env", help="Section of samconfig.toml.")]
Build = Annotated[bool, typer.Option(help="Build before deploying.")]


def deploy(config_env: Config = "default", build: Build = True) -> None:
    """Deploy with the AWS SAM CLI and the settings of samconfig.toml, then publish the screens."""
    settings = _settings(config_env)
    stack = settings["stack_name"]
    if build:
        _sam("build", config_env)
    known = _url(stack)
    _sam_deploy(config_env, settings, known)
    if (url := _url(stack)) != known:
        typer.echo(f"first deployment: once more, so that links and uploads know {url}")
        _sam_deploy(config_env, settings, url)
    _publish(outputs_of(stack))
    typer.echo(f"deployed: {url}")


def _publish(outputs: dict[str, str]) -> None:
    uploaded, removed = portal.sync(outputs["PortalBucket"])
    typer.echo(f"screens: {uploaded} files uploaded, {removed} removed")
    portal.invalidate(outputs["DistributionId"])
    if outputs.get("ReceiptRuleSet"):
        _receive_with(outputs["ReceiptRuleSet"])


def _receive_with(rule_set: str) -> None:
    """CloudFormation makes a receipt rule set but cannot make it the active one."""
    import boto3

    ses: Any = boto3.client("ses")
    active = ses.describe_active_receipt_rule_set().get("Metadata", {}).get("Name")
    if active not in (None, rule_set):
        typer.echo(f"SES receives by the rule set {active}, which is not ours: see docs/deploy.md", err=True)
        return
    ses.set_active_receipt_rule_set(RuleSetName=rule_set)


def _settings(config_env: str) -> dict[str, Any]:
    config = tomllib.loads((ROOT / "samconfig.toml").read_text())
    shared = config.get("default", {}).get("global", {}).get("parameters", {})
    own = config.get(config_env, {})
    return {**shared, **own.get("global", {}).get("parameters", {}), **own["deploy"]["parameters"]}


def _url(stack: str) -> str:
    from botocore.exceptions import ClientError

    try:
        return outputs_of(stack).get("Url", "")
    except ClientError:
        return ""


def _sam_deploy(config_env: str, settings: dict[str, Any], url: str) -> None:
    given = list(settings.get("parameter_overrides", []))
    overrides = [*given, *([f"Origin={url}"] if url else [])]
    _sam("deploy", config_env, *(["--parameter-overrides", *overrides] if overrides else []))


def _sam(verb: str, config_env: str, *arguments: str) -> None:
    if not shutil.which("sam"):
        typer.echo("the AWS SAM CLI is not installed: see docs/deploy.md", err=True)
        raise typer.Exit(1)
    done = subprocess.run(["sam", verb, "--config-env", config_env, *arguments], cwd=ROOT)
    if done.returncode:
        raise typer.Exit(done.returncode)
