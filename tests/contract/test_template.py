"""The template as an operator gets it: translated, linted, least privilege, nothing that costs while idle."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from infra import FUNCTIONS, ROOT
from infra.local.translate import read_yaml, translate
from infra.runtime_layer import LAYER, LOCK, pins

NESTED = {path.stem: read_yaml(path) for path in sorted((ROOT / "infra").glob("*.yaml"))}
ALWAYS_ON = ("AWS::EC2::", "AWS::RDS::", "AWS::OpenSearchService::", "AWS::ECS::", "AWS::ElastiCache::", "AWS::EKS::")
# Amazon's own policies for logs and event sources, which SAM attaches: the resources in them are not ours to name.
NAMELESS = {"ses:GetAccount"}  # actions whose resource has no name (Service Authorization Reference)
MANAGED = {"AWSLambdaBasicExecutionRole", "AWSLambdaSQSQueueExecutionRole", "AWSLambdaDynamoDBExecutionRole"}


@cache
def template() -> dict[str, Any]:
    return translate({"Stage": "prod", "OrgId": "desk"})


def resources(kind: str, document: dict[str, Any] | None = None) -> dict[str, dict[str, Any]]:
    found = (document or template())["Resources"]
    return {name: it.get("Properties", {}) for name, it in found.items() if it["Type"] == kind}


def walk(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from walk(child)
    elif isinstance(node, list):
        for child in node:
            yield from walk(child)


def test_cfn_lint_finds_nothing() -> None:
    files = ["template.yaml", *(f"infra/{name}.yaml" for name in NESTED)]
    done = subprocess.run([Path(sys.executable).parent / "cfn-lint", *files], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_handler_imports_without_an_environment() -> None:
    handlers = sorted(it["Handler"] for it in resources("AWS::Lambda::Function").values())
    folders = {f"{path.parent.name}.handler.handler" for path in FUNCTIONS.glob("*/handler.py")}
    assert set(handlers) == folders
    code = "import importlib, sys\nfor it in sys.argv[1:]:\n    m, _, n = it.rpartition('.')\n"
    code += "    assert callable(getattr(importlib.import_module(m), n))"
    command = [sys.executable, "-c", code, *handlers]
    done = subprocess.run(command, cwd=FUNCTIONS, env={}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_environment_names_are_those_that_config_reads() -> None:
    from helpdesk.core.config import Config

    elsewhere = {"AWS_REGION", "WEBHOOK_TARGETS_ALLOWED"}  # Lambda sets the one, the laptop stack the other
    read = {field.name.upper() for field in fields(Config)} - elsewhere
    for name, function in resources("AWS::Lambda::Function").items():
        given = {it for it in function["Environment"]["Variables"] if not it.startswith("POWERTOOLS_")}
        assert given == read, name


@pytest.mark.parametrize("name", ["template", *NESTED])
def test_no_statement_allows_any_resource(name: str) -> None:
    document = template() if name == "template" else NESTED[name]
    statements = [it for it in walk(document) if it.get("Effect") == "Allow" and "Resource" in it]
    named = [it for it in statements if str(it["Action"]) not in NAMELESS]
    assert not [it for it in named if "*" in (it["Resource"], *it["Resource"])]
    assert not [it for it in statements if "*" in (it["Action"], *it["Action"])]


def test_roles_carry_our_policies_and_few_of_amazon() -> None:
    for role in resources("AWS::IAM::Role").values():
        foreign = {it.rpartition("/")[2] for it in role["ManagedPolicyArns"] if isinstance(it, str)}
        assert foreign <= MANAGED


def test_rows_are_fenced_to_the_organisation() -> None:
    for name in ("Tickets", "People", "Settings", "Deliveries"):
        statement = NESTED["access"]["Resources"][name]["Properties"]["PolicyDocument"]["Statement"][0]
        assert "dynamodb:LeadingKeys" in statement["Condition"]["ForAllValues:StringLike"]
        assert "dynamodb:Scan" not in statement["Action"]


def test_nothing_runs_while_nobody_asks() -> None:
    documents = [template(), *NESTED.values()]
    kinds = {it["Type"] for document in documents for it in document["Resources"].values()}
    assert not [kind for kind in kinds if kind.startswith(ALWAYS_ON)]
    assert not [it for document in documents for it in walk(document) if "ProvisionedConcurrencyConfig" in it]


def test_every_queue_has_a_dead_letter_queue_and_both_an_alarm() -> None:
    alarms = json.dumps(NESTED["observability"]["Resources"])
    for document in (template(), NESTED["mail"]):
        queues = resources("AWS::SQS::Queue", document)
        letters = {name for name in queues if name.endswith("Dlq")}
        for name in set(queues) - letters:
            target = queues[name]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
            assert target in letters
            assert f'{{"Ref": "{name}"}}' in alarms
        for name in letters:
            assert f'{{"Ref": "{name}"}}' in alarms


def test_every_event_source_keeps_what_fails() -> None:
    for source in resources("AWS::Lambda::EventSourceMapping").values():
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        if "StartingPosition" in source:
            assert source["BisectBatchOnFunctionError"] is True
            assert source["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": ["StreamDlq", "Arn"]}
    for rule in resources("AWS::Events::Rule").values():
        assert all("DeadLetterConfig" in target for target in rule["Targets"])
    for subscription in resources("AWS::SNS::Subscription", NESTED["mail"]).values():
        assert "RedrivePolicy" in subscription


def test_a_failed_mail_comes_again_when_its_worker_is_surely_over() -> None:
    workers = template()["Mappings"]["Workers"]["prod"]
    assert workers["RetryAfter"] >= 6 * workers["Timeout"]  # docs.aws.amazon.com/lambda/latest/dg/with-sqs.html


def test_what_people_wrote_survives_the_stack() -> None:
    for document in (NESTED["data"], NESTED["identity"]):
        for name, resource in document["Resources"].items():
            if resource["Type"] in {"AWS::S3::BucketPolicy", "AWS::Cognito::UserPoolClient"}:
                continue
            assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain", name
    for name, table in resources("AWS::DynamoDB::Table", NESTED["data"]).items():
        assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True, name
        assert table["SSESpecification"]["SSEEnabled"] is True, name
        assert table["DeletionProtectionEnabled"] == {"Fn::If": ["OnAws", True, False]}, name
        assert table["BillingMode"] == "PAY_PER_REQUEST", name


@pytest.mark.parametrize("name", ["data", "edge"])
def test_buckets_are_private_encrypted_and_tls_only(name: str) -> None:
    buckets = resources("AWS::S3::Bucket", NESTED[name])
    policies = resources("AWS::S3::BucketPolicy", NESTED[name]).values()
    tls_only = {
        policy["Bucket"]["Ref"]
        for policy in policies
        for it in policy["PolicyDocument"]["Statement"]
        if it["Effect"] == "Deny" and it["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    }
    assert tls_only == set(buckets)
    for bucket in buckets.values():
        assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
        assert "BucketEncryption" in bucket


def test_a_function_block_has_at_most_twenty_lines() -> None:
    blocks = re.split(r"\n(?=  \w+:\n)", (ROOT / "template.yaml").read_text())
    functions = [it.rstrip() for it in blocks if "AWS::Serverless::Function" in it]
    lengths = {it.split(":")[0].strip(): len(re.sub(r"\n\n  #.*", "", it).splitlines()) for it in functions}
    assert len(functions) == len(list(FUNCTIONS.glob("*/handler.py")))
    assert max(lengths.values()) <= 20, lengths


def test_the_layer_has_the_versions_of_the_lock() -> None:
    locked = pins(LOCK)
    assert pins(LAYER) == {name: locked[name] for name in pins(LAYER)}
