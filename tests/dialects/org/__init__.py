"""Tests of the org dialect."""
