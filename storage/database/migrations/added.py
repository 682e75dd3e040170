"""What each schema version added: columns and the values that rows of before have in them."""

from collections.abc import Mapping

# Version: table: column: the stored value.
ADDED: Mapping[int, Mapping[str, Mapping[str, str | int | None]]] = {
    2: {
        "assumptions": {"name": ""},
        "journey": {"locked": 0, "layout": "{}"},
        "touchpoint": {"step": "", "colour": ""},
        "pain_point": {"colour": "", "ballots": "{}"},
        "improvement": {
            "done_on": None,
            "prediction": "{}",
            "trial": "{}",
            "notes": "",
            "rolled_from": "[]",
        },
        "kpi": {"measure": "", "note": ""},
        "quarter": {"record": "{}", "revision": 1, "reason": ""},
    },
}


def value_before(table: str, column: str) -> str | int | None:
    """Return what a row written before the column was there has in it.

    Raises:
        KeyError: the column was there from the first version on.
    """
    for tables in ADDED.values():
        if column in tables.get(table, {}):
            return tables[table][column]
    raise KeyError(table, column)
