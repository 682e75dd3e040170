"""Bringing a survey export into the open workspace."""
