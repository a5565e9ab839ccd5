"""Draws forms: what engine.forms says about a form with answers, as GOV.UK components."""

from __future__ import annotations

from .page import Shown, show

__all__ = ["Shown", "show"]
