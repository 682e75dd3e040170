"""Choosing the template a new workspace starts from."""

from ui.templates.dialog import TemplateDialog

__all__ = ["TemplateDialog"]
