"""`make bench`: what each operation costs, on tables of several sizes and through the whole laptop stack."""

from __future__ import annotations

from infra import ROOT

__all__ = ["ROOT"]  # importing infra also puts functions/ on the path
