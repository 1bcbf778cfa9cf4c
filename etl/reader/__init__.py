"""Read a document into typed proposals: names, figures, events, relations, policies, tied together."""
