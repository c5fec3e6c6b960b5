"""The tests of the catalog: each speaks through the door that people use."""
