"""Which names of different sources stand for one entity, and why."""
