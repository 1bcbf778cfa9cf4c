"""Reading at scale: items in, processes that can be killed, parts that are whole or not there."""
