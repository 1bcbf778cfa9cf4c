"""Reviewed facts as YAML, and the vocabularies they use."""
