"""Reading packs that come back."""

from storage.returns.reading import read_returned

__all__ = ["read_returned"]
