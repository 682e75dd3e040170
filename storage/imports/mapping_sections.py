"""One table of a mapping file, read strictly."""

from difflib import get_close_matches
from typing import Any

from storage.errors import MappingError
from storage.imports.mapping_parts import Scale


class Section:
    """One table of the file: takes keys out by type and notes the ones nobody asked for."""

    def __init__(
        self, path: str, content: dict[str, Any], unknown: dict[str, tuple[str, ...]]
    ) -> None:
        self.path = path
        self.content = content
        self.unknown = unknown
        self.asked: list[str] = []

    def place(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _take(self, key: str) -> Any:
        self.asked.append(key)
        return self.content.get(key)

    def wrong(self, key: str, expected: str) -> MappingError:
        return MappingError("wrong_value", (self.place(key),), detail=expected)

    def text(self, key: str) -> str:
        value = self.maybe_text(key)
        if not value:
            raise MappingError("missing_key", (self.place(key),))
        return value

    def maybe_text(self, key: str) -> str | None:
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.wrong(key, "text")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self.maybe_text(key) or default
        if value is None:
            raise MappingError("missing_key", (self.place(key),), {self.place(key): allowed})
        if value not in allowed:
            near = {self.place(key): allowed}
            raise MappingError("wrong_value", (self.place(key),), near, " | ".join(allowed))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text or whole number is taken as a list of one."""
        value = self._take(key)
        if value is None:
            return ()
        items = value if isinstance(value, list) else [value]
        found = tuple(
            str(item)
            for item in items
            if isinstance(item, str | int) and not isinstance(item, bool)
        )
        if len(found) != len(items):
            raise self.wrong(key, "texts")
        return found

    def flag(self, key: str, default: bool) -> bool:
        value = self._take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false")
        return value

    def whole(self, key: str, low: int, high: int) -> int | None:
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.wrong(key, f"{low} to {high}")
        return value

    def number(self, key: str) -> float | None:
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool) or value - value != 0:
            raise self.wrong(key, "a number")
        return float(value)

    def pair(self, key: str) -> tuple[float, float] | None:
        value = self._take(key)
        if value is None:
            return None
        good = isinstance(value, list) and len(value) == 2
        if not good or not all(
            isinstance(part, int | float) and not isinstance(part, bool) and part - part == 0
            for part in value
        ):
            raise self.wrong(key, "[low, high]")
        return float(value[0]), float(value[1])

    def scale(self, key: str) -> Scale | None:
        found = self.pair(key)
        if found is None:
            return None
        low, high = found
        if not (low.is_integer() and high.is_integer()) or not -100 <= low < high <= 100:
            raise MappingError("scale", (self.place(key),), detail=f"{low:g} to {high:g}")
        return int(low), int(high)

    def scores(self, key: str) -> tuple[tuple[str, int], ...]:
        """A table of answers and the whole numbers they count as."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, dict) or not all(
            isinstance(score, int) and not isinstance(score, bool) for score in value.values()
        ):
            raise self.wrong(key, "{ answer = score, … }")
        return tuple(value.items())

    def table(self, key: str) -> "Section | None":
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.wrong(key, "a table")
        return Section(self.place(key), value, self.unknown)

    def tables(self, key: str) -> list["Section"]:
        value = self._take(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, "tables")
        return [
            Section(f"{self.place(key)}[{number}]", item, self.unknown)
            for number, item in enumerate(value, start=1)
        ]

    def done(self) -> None:
        """Note the keys that are left: misspelt ones must not be lost silently."""
        for key in self.content:
            if key not in self.asked:
                near = get_close_matches(key, self.asked, n=3, cutoff=0.5)
                self.unknown[self.place(key)] = tuple(near)
