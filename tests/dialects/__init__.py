"""Tests of the dialects: one folder a dialect, one file an operation."""
