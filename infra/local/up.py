"""`desk up`: the whole desk on a laptop, from one command, until Ctrl-C.

`python -m infra.local.up [--state DIR] [--fresh] [--any-ports]`
"""

from __future__ import annotations

import argparse
import shutil
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from infra import FUNCTIONS, ROOT
from infra.local import processes, stack
from infra.local.deploy import ORG, SUPPORT_ADDRESS
from infra.local.layout import HOST, USUAL_PORTS, Layout, Ports, choose_ports, read_json, write_json
from infra.local.processes import Running
from infra.local.reload import watch

Say = Callable[[str], None]


def up(layout: Layout, *, fresh: bool = False, any_ports: bool = False, say: Say = print) -> int:
    """Run the stack in the foreground; 0 after Ctrl-C or SIGTERM, 1 when it could not start or broke down."""
    began = time.monotonic()
    other = processes.running_supervisor(layout.processes)
    if other:
        say(f"a stack is up already in {layout.state} (process {other}): {read_json(layout.stack).get('origin')}")
        return 1
    left = processes.end_leftovers(layout.processes)
    if left:
        say(f"ended {left} processes that a killed run had left")
    if fresh:
        shutil.rmtree(layout.state, ignore_errors=True)
    layout.stack.unlink(missing_ok=True)
    layout.logs.mkdir(parents=True, exist_ok=True)
    ports, said = choose_ports(dict.fromkeys(USUAL_PORTS, 0) if any_ports else None)
    for sentence in said:
        say(sentence)
    return Supervisor(layout, ports, say).run(began)


class Supervisor:
    """Starts the processes in order, watches them, ends them in the order that loses nothing."""

    def __init__(self, layout: Layout, ports: Ports, say: Say) -> None:
        self.layout, self.ports, self.say = layout, ports, say
        self.running: list[Running] = []
        self.stopping = threading.Event()

    def run(self, began: float) -> int:
        """Start, supervise, stop."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop_soon)
        try:
            self._start()
            if not self.stopping.is_set():
                self._announce(began)
            return self._supervise()
        except RuntimeError as failure:
            self.say(str(failure))
            return 1
        finally:
            self._stop()

    def _start(self) -> None:
        layout, ports = self.layout, self.ports
        aws = self._add(stack.start_aws(layout, ports))
        stack.wait_for_aws(aws, ports)
        stack.deploy(layout, ports)
        for start in (stack.start_functions, stack.start_smtp, stack.start_edge):
            self._add(start(layout, ports))
        doors = (ports.functions, ports.smtp_in, ports.origin)
        for running, port in zip(self.running[1:], doors, strict=True):
            stack.wait_for_port(running, port)

    def _add(self, running: Running) -> Running:
        self.running.append(running)
        processes.remember(self.layout.processes, self.running)
        return running

    def _announce(self, began: float) -> None:
        content = stack_json(self.layout, self.ports)
        write_json(self.layout.stack, content)
        for name, value in content.items():
            self.say(f"{name:>16}  {value}")
        total = sum(processes.memory(self.running).values()) / 1e6
        self.say(f"ready after {time.monotonic() - began:.1f} s, {total:.0f} MB; Ctrl-C stops it")

    def _supervise(self) -> int:
        threading.Thread(target=self._reload_on_change, daemon=True).start()
        while not self.stopping.wait(0.5):
            for place, running in enumerate(self.running):
                if running.died:
                    self.say(f"{running.name} ended by itself, see {running.log}")
                    if running.name == "aws":
                        return 1
                    self.running[place] = processes.restart(running)
                    processes.remember(self.layout.processes, self.running)
        return 0

    def _reload_on_change(self) -> None:
        for changed in watch(self.stopping):
            try:
                self._reload(changed)
            except RuntimeError as failure:
                self.say(f"not reloaded: {failure}")

    def _reload(self, changed: set[Path]) -> None:
        if any(path.suffix == ".yaml" for path in changed):
            stack.deploy(self.layout, self.ports)
            self.say("template changed: deployed again")
        if any(FUNCTIONS in path.parents for path in changed):
            functions = next(it for it in self.running if it.name == "functions")
            functions.process.send_signal(signal.SIGHUP)
            self.say("functions changed: reloaded")

    def _stop_soon(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping.set()

    def _stop(self) -> None:
        """Doors first, then AWS (which saves its state), then the functions that it may still be calling."""
        order = {"edge": 0, "smtp": 1, "aws": 2, "functions": 3}
        self.layout.stack.unlink(missing_ok=True)
        for running in sorted(self.running, key=lambda it: order[it.name]):
            processes.stop(running)
        self.layout.processes.unlink(missing_ok=True)
        self.say("stopped")


def stack_json(layout: Layout, ports: Ports) -> dict[str, Any]:
    """What other tools need to know of a running stack."""
    people = read_json(layout.people)
    return {
        "origin": ports.origin_url,
        "api": f"{ports.origin_url}/v1",
        "socket": f"ws://{HOST}:{ports.origin}/ws",
        "smtp_in": f"{HOST}:{ports.smtp_in}",
        "mail_out": _shown(layout.mail),
        "support_address": SUPPORT_ADDRESS,
        "org": ORG,
        **people,
        "aws_endpoint": ports.endpoint,
    }


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def main() -> None:
    """The command line of this file, for tests and for those without the `desk` command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--state", type=Path, default=Layout().state)
    parser.add_argument("--fresh", action="store_true", help="start empty")
    parser.add_argument("--any-ports", action="store_true", help="take free ports instead of the usual ones")
    given = parser.parse_args()
    raise SystemExit(up(Layout(given.state.resolve()), fresh=given.fresh, any_ports=given.any_ports))


if __name__ == "__main__":
    main()
