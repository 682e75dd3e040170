"""Rows of cells as text: tabs and line breaks, quoted as Excel quotes them."""

from collections.abc import Sequence

# What editors and slides put before the items of a list.
_BULLETS = ("• ", "- ", "* ", "– ", "· ")


def write_rows(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as Excel writes them to the clipboard."""
    return "".join("\t".join(_quoted(cell) for cell in row) + "\r\n" for row in rows)


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in '\t\n\r"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def parse_rows(text: str) -> list[list[str]]:
    """Return the cells of a pasted text, empty rows at its end left out; see `parse_at_most`."""
    rows = parse_at_most(text, len(text) + 1)
    assert rows is not None, "a text has no more cells than letters and one"
    return rows


def parse_at_most(text: str, most: int) -> list[list[str]] | None:
    """Return the cells of a pasted text, or None where there are more than `most`.

    A quote opens a cell only where Excel would have written it: at the cell's start and closed
    before the next tab or break; any other is a letter as it stands.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = [[]]
    at, size, cells, filled = 0, len(text), 0, len(text.rstrip())
    while at <= size:
        cell, at = _cell(text, at)
        rows[-1].append(cell.strip())
        cells += 1
        if cells > most and at <= filled:
            return None
        if at >= size:
            break
        if text[at] == "\n":
            rows.append([])
        at += 1
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _cell(text: str, at: int) -> tuple[str, int]:
    """Return the cell that begins at a place, and where it ends."""
    if text[at : at + 1] == '"':
        end, parts = at + 1, []
        while (close := text.find('"', end)) >= 0:
            parts.append(text[end:close])
            if text[close + 1 : close + 2] == '"':
                parts.append('"')
                end = close + 2
                continue
            if text[close + 1 : close + 2] in ("", "\t", "\n"):
                return "".join(parts), close + 1
            break
    ends = [place for sign in "\t\n" if (place := text.find(sign, at)) >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end


def without_bullet(line: str) -> str:
    """Return a line without the mark a list put before it."""
    return next((line[len(mark) :].strip() for mark in _BULLETS if line.startswith(mark)), line)
