"""``regulars verify``: prove the books."""

from typing import Annotated

import typer
from rich.table import Table

from regulars.cli.console import AsJson, Misused, answer, progress, show
from regulars.cli.half_way import warn_of_half_imports
from regulars.cli.preparing import ensure_migrated
from regulars.cli.unfinished_imports import warn_of_unfinished
from regulars.identify.commerce.public import Order, Refund
from regulars.identify.customers.public import Customer
from regulars.identify.timeline.public import Event
from regulars.organization.public import Brand
from regulars.work.public import Claim, Verdict, claims
from regulars.work.public import verify as look_for_contradictions

app = typer.Typer()


@app.command()
def verify(
    *,
    only: Annotated[
        str, typer.Option(help="Only claims whose name begins so, such as `timeline`.")
    ] = "",
    json: AsJson = False,
) -> None:
    """Check what must be true of the facts, from end to end; exit code 1 when something is not.

    It only reads, and may run beside everything else. Example: `regulars verify --only timeline`
    """
    ensure_migrated()
    chosen = [claim for claim in claims() if claim.name.startswith(only)]
    if not chosen:
        raise Misused(f"No claim begins with {only!r}: {', '.join(c.name for c in claims())}.")
    for brand in Brand.objects.all():
        warn_of_unfinished(brand)
    for brand in Brand.objects.order_by("pk"):
        warn_of_half_imports(brand)
    verdicts = _verdicts(chosen)
    wrong = [verdict for verdict in verdicts if verdict.findings]
    if json:
        answer([_as_json(verdict) for verdict in verdicts])
    else:
        _show(verdicts)
        show(_conclusion(len(verdicts), len(wrong)))
    raise typer.Exit(1 if wrong else 0)


def _verdicts(chosen: list[Claim]) -> list[Verdict]:
    verdicts = []
    with progress("Verifying") as tell:
        for done, claim in enumerate(chosen):
            tell(done, len(chosen), claim.name)
            verdicts.append(look_for_contradictions(claim))
    return verdicts


def _conclusion(claims: int, wrong: int) -> str:
    facts = (
        f"customers {Customer.objects.count():,}, orders {Order.objects.count():,}, "
        f"refunds {Refund.objects.count():,}, events {Event.objects.count():,}"
    )
    if wrong:
        return f"The books do not balance: {wrong} of {claims} claims are wrong ({facts})."
    return f"The books balance: {claims} claims hold ({facts})."


def _sentence(claim: Claim) -> str:
    """Write the claim as a sentence, however its app noted it."""
    said = str(claim.sentence).rstrip(".")
    return f"{said[:1].upper()}{said[1:]}."


def _show(verdicts: list[Verdict]) -> None:
    table = Table(box=None, show_header=False, pad_edge=False)
    for verdict in verdicts:
        mark = "[red]✗[/]" if verdict.findings else "[green]✓[/]"
        table.add_row(mark, _sentence(verdict.claim), f"[dim]{verdict.seconds:.1f} s[/]")
        for finding in verdict.findings:
            table.add_row("", f"[red]{finding}[/]", "")
    show(table)


def _as_json(verdict: Verdict) -> dict[str, object]:
    return {
        "claim": verdict.claim.name,
        "sentence": _sentence(verdict.claim),
        "holds": not verdict.findings,
        "findings": list(verdict.findings),
        "seconds": round(verdict.seconds, 3),
    }
