"""Hold an article against the base: statement by statement, with whom it agrees and with what it conflicts."""
