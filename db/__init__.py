"""The database and its faces."""
