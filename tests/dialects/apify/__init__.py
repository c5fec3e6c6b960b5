"""Tests of the Apify dialect."""
