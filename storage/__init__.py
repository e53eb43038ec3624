"""Async SQLAlchemy: models, queries, migrations and the built-in exercise catalogue."""
