"""Files out: packs as spreadsheets and CSV, safe names, targets replaced at once."""

from storage.exports.packs import export_packs

__all__ = ["export_packs"]
