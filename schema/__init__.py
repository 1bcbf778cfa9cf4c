"""What a fact is: value types, records, vocabularies."""
