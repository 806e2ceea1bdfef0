"""The real template, turned into what MiniStack's CloudFormation can create.

Only what MiniStack 1.5.33 lacks is changed: routes from an OpenAPI body, and functions that run elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from infra import ROOT

Template = dict[str, Any]

STUB = "def handler(event, context):\n    raise RuntimeError('invocations go to the local function host')\n"
ANY_METHOD = "x-amazon-apigateway-any-method"


def read_yaml(path: Path) -> Template:
    """A CloudFormation document with its short intrinsics (`!Ref`) written out."""
    from samtranslator.yaml_helper import yaml_parse

    return dict(yaml_parse(path.read_text()))


def translate(parameters: dict[str, str], template: Path = ROOT / "template.yaml") -> Template:
    """Plain CloudFormation of a SAM template, as `sam deploy` would send it but for the code's place."""
    from samtranslator.translator.transform import transform

    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")  # the translator asks boto3, and refuses None
    document = read_yaml(template)
    document["Globals"]["Function"]["CodeUri"] = "s3://code/functions.zip"
    for resource in document["Resources"].values():
        if resource["Type"] == "AWS::Serverless::LayerVersion":
            resource["Properties"]["ContentUri"] = "s3://code/layer.zip"
    return dict(transform(document, parameters, _NoManagedPolicies()))


def for_ministack(template: Template, host: str, nested_url: str) -> Template:
    """The same stack with functions served by `host` and nested templates read below `nested_url`."""
    resources: Template = template["Resources"]
    for name in [name for name, it in resources.items() if it["Type"] == "AWS::Lambda::LayerVersion"]:
        del resources[name]
    for name, resource in list(resources.items()):
        kind, properties = resource["Type"], resource.get("Properties", {})
        if kind == "AWS::Lambda::Function":
            _serve_from(host, properties)
        elif kind == "AWS::ApiGatewayV2::Api":
            resources.update(_routes(name, properties))
        elif kind == "AWS::CloudFormation::Stack":
            properties["TemplateURL"] = f"{nested_url}/{Path(properties['TemplateURL']).stem}.json"
    return template


def fingerprint(*documents: object) -> str:
    """A digest that changes when anything that is deployed changes."""
    return hashlib.sha256(json.dumps(documents, sort_keys=True).encode()).hexdigest()


def _serve_from(host: str, properties: Template) -> None:
    properties["Code"] = {"ZipFile": STUB}
    properties.pop("Layers", None)
    properties["Environment"]["Variables"]["MINISTACK_LAMBDA_PROXY_URL"] = f"{host}/{properties['Handler']}"


def _routes(api: str, properties: Template) -> Template:
    paths = properties.pop("Body")["paths"]
    properties.update(Name=api, ProtocolType="HTTP")
    properties.pop("FailOnWarnings", None)
    made: Template = {}
    for path, methods in paths.items():
        for method, operation in methods.items():
            verb = "ANY" if method == ANY_METHOD else method.upper()
            uri = operation["x-amazon-apigateway-integration"]["uri"]
            integration = f"{api}To{hashlib.sha256(json.dumps(uri).encode()).hexdigest()[:8]}"
            made[integration] = _integration(api, uri)
            made[f"{integration}{len(made)}"] = _route(api, f"{verb} {path}", integration)
    return made


def _integration(api: str, uri: object) -> Template:
    return {
        "Type": "AWS::ApiGatewayV2::Integration",
        "Properties": {
            "ApiId": {"Ref": api},
            "IntegrationType": "AWS_PROXY",
            "IntegrationUri": uri,
            "PayloadFormatVersion": "2.0",
        },
    }


def _route(api: str, key: str, integration: str) -> Template:
    target = {"Fn::Join": ["/", ["integrations", {"Ref": integration}]]}
    return {
        "Type": "AWS::ApiGatewayV2::Route",
        "Properties": {"ApiId": {"Ref": api}, "RouteKey": key, "Target": target},
    }


class _NoManagedPolicies:
    def load(self) -> dict[str, str]:
        return {}
