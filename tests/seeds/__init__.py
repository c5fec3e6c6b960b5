"""What each seed page promises, asserted: one file a page."""
