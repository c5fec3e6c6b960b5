"""The one way to ask for a list: criteria in, a page out; every list begins with what the viewer may see."""
