"""What attacks is shown in a real browser."""
