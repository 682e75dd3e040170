"""The commands of Waymark, put together."""

import typer

from ui.cli import (
    conversion,
    customers,
    decisions,
    demonstration,
    evidence,
    exporting,
    imports_events,
    imports_kpi,
    imports_purchases,
    imports_tickets,
    lists,
    methods,
    quarters,
    rendering,
    returns,
    workspaces,
)

app = typer.Typer(
    name="waymark",
    help="Map the customer journey, hang the evidence on it, know what to fix first.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    epilog=(
        "Example: waymark demo. Every command takes --json (one JSON document on standard "
        "output) and --help with an example; --debug shows where an error came from. "
        "Exit codes: 0 done, 1 done but a record was refused or a check found something, "
        "2 wrong call, 3 unreadable input, 4 unusable workspace, 5 target not written."
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
importing = typer.Typer(
    help="Take evidence in: surveys, KPIs, tickets, events, purchases.",
    rich_markup_mode=None,
    epilog="Example: waymark import survey bank.waymark answers.csv --create",
)

app.command("open")(workspaces.open_window)
app.command("demo")(demonstration.demo)
app.command("new")(workspaces.new)
app.command("info")(workspaces.info)
app.command("inspect")(evidence.inspect)
app.add_typer(importing, name="import")
importing.command("survey")(evidence.import_survey)
importing.command("kpi")(imports_kpi.import_kpi)
importing.command("events")(imports_events.import_events)
importing.command("tickets")(imports_tickets.import_tickets)
importing.command("purchases")(imports_purchases.import_purchases)
app.command("metrics")(lists.metrics)
app.command("churn")(customers.churn)
app.command("clv")(customers.clv)
app.command("priorities")(lists.priorities)
app.command("methods")(methods.methods)
app.command("decide")(decisions.decide)
app.command("freeze")(quarters.freeze)
app.command("compare")(quarters.compare)
app.command("export")(exporting.export)
app.command("return")(returns.return_pack)
app.command("render")(rendering.render)
app.command("dump")(workspaces.dump)
app.command("load")(workspaces.load)
app.command("convert")(conversion.convert)
app.command("check")(workspaces.check)
