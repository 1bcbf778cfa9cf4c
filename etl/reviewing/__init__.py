"""Review: proposals of the reader become seeds, one decision at a time."""
