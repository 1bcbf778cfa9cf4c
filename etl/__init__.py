"""From documents and seeds to rows, checked."""
