"""Files out: packs in every format, safe names, targets replaced at once."""

from storage.exports.packs import export_packs, export_report

__all__ = ["export_packs", "export_report"]
