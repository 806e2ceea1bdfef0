"""`sam deploy` of the laptop: the template becomes a CloudFormation stack on MiniStack.

Run as a process of its own, so that the translator's memory is given back: `python -m infra.local.deploy
STATE PORTS_JSON`. Safe to repeat: nothing is sent while template, parameters and ports are unchanged.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from infra import ROOT
from infra.local.layout import HOST, Layout, Ports, aws_environment, read_json, write_json
from infra.local.translate import fingerprint, for_ministack, read_yaml, translate

STACK = "lambdesk"
TEMPLATES = "lambdesk-deploy"
ORG = "acme"
SUPPORT_ADDRESS = "support@acme.test"
DEADLINE_SECONDS = 60
_UP_AFTER = 3  # seconds from the deployment until the functions can be called


def main() -> None:
    """Deploy, set the organisation up, write deployed.json."""
    layout, ports = Layout(Path(sys.argv[1])), Ports(**json.loads(sys.argv[2]))
    os.environ.update(aws_environment(ports))
    deployed = deploy(layout, ports)
    os.environ.update(deployed["environment"])
    from infra.setup import set_up_local

    people = read_json(layout.people)
    write_json(layout.people, set_up_local(people))
    _look_at_timers()


def deploy(layout: Layout, ports: Ports) -> dict[str, Any]:
    """Create or update the stack and say what came out: outputs, the functions' environment.

    Raises
    ------
    RuntimeError
        with CloudFormation's reasons when the stack fails.
    """
    import boto3

    cloudformation: Any = boto3.client("cloudformation")
    sources = {path.name: path.read_text() for path in _sources()}
    parameters = _parameters(ports) | {"SearchPath": str(layout.search)}
    digest = fingerprint(sources, parameters, ports.functions)
    known = read_json(layout.deployed)
    status = _status(cloudformation)
    if known.get("fingerprint") == digest and status.endswith("_COMPLETE"):
        return known
    _upload(parameters, ports)
    _apply(cloudformation, parameters, ports, exists=bool(status))
    result = _result(cloudformation) | {"fingerprint": digest}
    write_json(layout.deployed, result)
    return result


def _look_at_timers() -> None:
    """Timers that came due while the stack was down fire at once: a schedule made anew waits for its first minute."""
    import boto3

    cloudformation: Any = boto3.client("cloudformation")
    found = cloudformation.describe_stack_resource(StackName=STACK, LogicalResourceId="TimersQueue")
    queue = found["StackResourceDetail"]["PhysicalResourceId"]
    sqs: Any = boto3.client("sqs")
    sqs.send_message(QueueUrl=queue, MessageBody=json.dumps({"kind": "tick"}), DelaySeconds=_UP_AFTER)


def _sources() -> list[Path]:
    return [ROOT / "template.yaml", *sorted((ROOT / "infra").glob("*.yaml"))]


def _parameters(ports: Ports) -> dict[str, str]:
    return {
        "Stage": "local",
        "OrgId": ORG,
        "Origin": ports.origin_url,
        "MailDomain": SUPPORT_ADDRESS.partition("@")[2],
        "ReceiveMail": "false",
        "SupportAddress": SUPPORT_ADDRESS,
        "SendGraceSeconds": "10",
    }


def _upload(parameters: dict[str, str], ports: Ports) -> None:
    import boto3

    s3: Any = boto3.client("s3")
    s3.create_bucket(Bucket=TEMPLATES)
    host, nested = f"http://{HOST}:{ports.functions}", f"{ports.endpoint}/{TEMPLATES}"
    documents = {path.stem: read_yaml(path) for path in _sources()[1:]}
    documents["template"] = for_ministack(translate(parameters), host, nested)
    for name, document in documents.items():
        s3.put_object(Bucket=TEMPLATES, Key=f"{name}.json", Body=json.dumps(document).encode())


def _apply(cloudformation: Any, parameters: dict[str, str], ports: Ports, *, exists: bool) -> None:
    call = cloudformation.update_stack if exists else cloudformation.create_stack
    call(
        StackName=STACK,
        TemplateURL=f"{ports.endpoint}/{TEMPLATES}/template.json",
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
    )
    deadline = time.monotonic() + DEADLINE_SECONDS
    while (status := _status(cloudformation)).endswith("IN_PROGRESS"):
        if time.monotonic() > deadline:
            raise RuntimeError(f"the stack is still {status} after {DEADLINE_SECONDS} s")
        time.sleep(0.05)
    if status not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        raise RuntimeError(f"the stack ended as {status}: {'; '.join(_reasons(cloudformation))}")


def _status(cloudformation: Any) -> str:
    try:
        return str(cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"])
    except cloudformation.exceptions.ClientError:
        return ""


def _reasons(cloudformation: Any) -> list[str]:
    events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
    failed = [it for it in events if "FAILED" in it["ResourceStatus"]]
    return [f"{it['LogicalResourceId']}: {it.get('ResourceStatusReason', '')}" for it in failed]


def _result(cloudformation: Any) -> dict[str, Any]:
    import boto3

    stack = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
    outputs = {it["OutputKey"]: it["OutputValue"] for it in stack["Outputs"]}
    functions: Any = boto3.client("lambda")
    configuration = functions.get_function_configuration(FunctionName=outputs["Environment"])
    environment = dict(configuration["Environment"]["Variables"])
    environment.pop("MINISTACK_LAMBDA_PROXY_URL")
    return {"outputs": outputs, "environment": environment}


if __name__ == "__main__":
    main()
