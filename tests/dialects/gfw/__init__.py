"""Tests of the GFW dialect."""
