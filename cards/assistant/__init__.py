"""The assistant's thinking: what was meant, which passage answers it; no database, no network."""
