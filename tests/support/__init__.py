"""What the tests stand on: databases, the cast, callers."""
