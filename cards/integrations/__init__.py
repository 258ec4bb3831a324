"""What lies outside the project: models. Imported by services only, and each is optional."""
