"""Use cases: one module for each feature; each owns its transactions and is given the time."""
