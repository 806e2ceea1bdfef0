"""`make bench`: prints what operations cost and writes .local/bench.json. All load is bounded and stays on loopback."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bench import (
    desk,
    dynoxide,
    fields,
    imports,
    jobs,
    laptop,
    mail,
    numbers,
    operations,
    promises,
    routed,
    routing,
    rules,
    search,
    simulations,
    storm,
    webhooks,
)
from infra import ROOT

console = Console(width=130)
Sizes = Annotated[str, typer.Option(help="Ticket counts for the in-process part, with commas.")]
Tickets = Annotated[int, typer.Option(help="Ticket count for the laptop stack.")]
PARTS = (
    "imports,operations,fields,promises,routing,rules,simulations,numbers,search,webhooks,parsing,quotes,laptop,jobs"
)
Parts = Annotated[str, typer.Option(help="Which parts to run, with commas.")]


def main(sizes: Sizes = "1000,10000", tickets: Tickets = 10_000, parts: Parts = PARTS) -> None:
    """Run the benchmarks."""
    found: dict[str, Any] = {}
    if "imports" in parts:
        found["imports"] = imports.measure()
        show("Cold import, DynamoDB client included (budget: 1.25 x bare)", found["imports"])
    if "operations" in parts:
        found["operations"] = [row for size in sizes.split(",") for row in in_process(int(size))]
    if "fields" in parts:
        title = "200 custom fields on one ticket (budget: 20 ms added to a read)"
        found["fields"] = on_dynoxide(fields.measure, title)
    found |= by_itself(parts)
    found |= given_out(parts)
    if "search" in parts:
        found["search"] = search.measure()
        show("Search by SQLite (tag and queue lists: at most 1.2 x those at 1,000)", search.turned(found["search"]))
        found["relevance"] = search.mean_reciprocal_rank()
        console.print(f"relevance: {found['relevance']}")
    if "webhooks" in parts and shutil.which("npm"):
        found["webhooks"] = webhooks.measure()
        show("Webhooks in one process: the fast are to be as fast beside a slow one", found["webhooks"])
    if "parsing" in parts:
        found["parsing"], found["parsing_memory_mb"] = mail.measure(), mail.memory()
        show("Reading a mail (budget: median of the corpora 20 ms)", found["parsing"])
        console.print(f"a 40 MB mail: {found['parsing_memory_mb']} MB resident (budget: 512)")
    if "quotes" in parts and (rows := mail.quotes()):
        found["quotes"] = rows
        show("Quoted history and signatures: what is shown is just what the person wrote; nothing of it is lost", rows)
    if "laptop" in parts:
        found["laptop"] = whole_stack(tickets)
    if "storm" in parts:
        if shutil.which("npm"):
            found["inbound_mail"] = storm.worker()
            show("inbound_mail alone, batches of ten", [found["inbound_mail"]])
        with laptop.running() as stack:
            found["storm"] = storm.measure(stack)
        show("10,000 mails as fast as the door takes them, reads beside them", [found["storm"]])
    if "jobs" in parts:
        found["jobs"] = bulk_job(tickets)
    target = ROOT / ".local" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(found, indent=1) + "\n")
    console.print(f"written to {target.relative_to(ROOT)}")


def by_itself(parts: str) -> dict[str, Any]:
    """What promises, rules and numbers take, and drafts."""
    found: dict[str, Any] = {}
    if "promises" in parts:
        found["promises"] = on_dynoxide(promises.measure, "50 SLA policies, of which the last one fits")
        show("Business time", [promises.reckoned()])
    if "numbers" in parts:
        found["numbers"] = numbers.recounted(100_000)
        show("All numbers again from the log, one process, without the reading", [found["numbers"]])
    if "rules" in parts:
        found["rules"] = [rules.judged()]
        show("500 rules of five comparisons, asked of one command", found["rules"])
    if "simulations" in parts:
        title = f"Drafts on the last 30 days of a desk with {simulations.TICKETS:,} tickets of a year (at most 29 s)"
        found["simulations"] = on_dynoxide(simulations.measure, title, simulations.TICKETS)
    return found


def given_out(parts: str) -> dict[str, Any]:
    """Routing, if it is among the parts."""
    if "routing" not in parts:
        return {}
    title = "Tickets that all come at once (budget: an owner within 3 s, max - min 1)"
    rows = on_dynoxide(routing.measure, title)
    show("Choosing", [routing.chosen()])
    with laptop.running() as stack:
        through = routed.measure(stack)
    show("From creation to owner through the laptop stack (budget: p95 3 s)", [through])
    return {"routing": rows, "routed": through}


def in_process(size: int) -> list[dict[str, Any]]:
    """The operations on tables of one size, played by Dynoxide."""
    if not shutil.which("npm"):
        console.print("npm is not installed: operations are not measured")
        return []
    with dynoxide.tables():
        desk.be_signed()
        who = desk.fill(size)
        rows = [
            {"tickets": size} | operations.measure(name, work, 60)
            for name, work in operations.operations(who["key"]).items()
        ]
    desk.be_cold()
    show(f"In one process, {size:,} tickets (budget: 1.5 x bare)", rows)
    return rows


def on_dynoxide(measure: Callable[[str], list[dict[str, Any]]], title: str, size: int = 100) -> list[dict[str, Any]]:
    """Rows of a comparison on tables played by Dynoxide."""
    if not shutil.which("npm"):
        console.print(f"npm is not installed: not measured: {title}")
        return []
    with dynoxide.tables():
        desk.be_signed()
        rows = measure(desk.fill(size)["key"])
    desk.be_cold()
    show(title, rows)
    return rows


def whole_stack(tickets: int) -> dict[str, Any]:
    """The laptop stack at a size."""
    with laptop.running() as stack:
        found: dict[str, Any] = {"memory_idle_mib": laptop.memory(stack)}
        found["seed_seconds"] = round(laptop.seed(tickets), 1)
        found["operations"] = laptop.measure_operations(stack, 1, 100) + laptop.measure_operations(stack, 8, 40)
        show(f"Through the laptop stack, {tickets:,} tickets", found["operations"])
        found["mail_latency"] = laptop.mail_latency(stack)
        found["mail_throughput"] = laptop.mail_throughput(stack, 800)
        found["memory_mib"] = laptop.memory(stack)
    for name in ("seed_seconds", "mail_latency", "mail_throughput", "memory_idle_mib", "memory_mib"):
        console.print(f"{name}: {found[name]}")
    return found


def bulk_job(items: int) -> dict[str, Any]:
    """A job on many tickets of the laptop stack, and reads beside it."""
    with laptop.running() as stack:
        laptop.seed(items)
        found = jobs.measure(stack, items)
    show(f"A job on {items:,} tickets (reads in ms)", [found])
    return found


def show(title: str, rows: list[dict[str, Any]]) -> None:
    """Print rows as a table."""
    table = Table(title=title, title_justify="left")
    for name in rows[0] if rows else ():
        table.add_column(name.replace("_", " "), justify="left" if name in ("operation", "handler") else "right")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
