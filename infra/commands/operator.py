"""The operator's side: a deployed stack's outputs, and its functions' environment for commands that write."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from infra.local.layout import Ports, aws_environment, current_layout, read_json

Stack = Annotated[str, typer.Option(help="CloudFormation stack on AWS; default: the running laptop stack.")]


def outputs_of(stack: str) -> dict[str, str]:
    """The outputs of a CloudFormation stack in the account and region of the caller's credentials."""
    import boto3

    cloudformation: Any = boto3.client("cloudformation")
    found = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    return {it["OutputKey"]: it["OutputValue"] for it in found.get("Outputs", [])}


def enter(stack: str) -> None:
    """Take on the functions' environment: of `stack` on AWS, or of the running laptop stack when it is empty.

    Ends the command with a word when no laptop stack is running.
    """
    if stack:
        os.environ.update(_environment_on_aws(stack))
        return
    layout = current_layout()
    running, deployed = read_json(layout.stack), read_json(layout.deployed)
    if not running or not deployed:
        typer.echo("no laptop stack is running (start it with `desk up`); or name one on AWS with --stack", err=True)
        raise typer.Exit(1)
    aws = int(running["aws_endpoint"].rpartition(":")[2])
    os.environ.update(aws_environment(Ports(origin=0, aws=aws, functions=0, smtp_in=0, smtp_out=0)))
    os.environ.update(deployed["environment"])


def _environment_on_aws(stack: str) -> dict[str, str]:
    import boto3

    functions: Any = boto3.client("lambda")
    found = functions.get_function_configuration(FunctionName=outputs_of(stack)["Environment"])
    return dict(found["Environment"]["Variables"]) | {"AWS_REGION": functions.meta.region_name}


def scanned(table: str, **request: Any) -> Iterator[dict[str, Any]]:
    """Every row of a table, or those that a filter leaves; only operators' commands scan."""
    from helpdesk.core.aws import client
    from helpdesk.core.items import load_item

    pages = client("dynamodb").get_paginator("scan").paginate(TableName=table, ConsistentRead=True, **request)
    for page in pages:
        yield from (load_item(item) for item in page["Items"])
