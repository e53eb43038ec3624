"""The Telegram face: one package per feature (flow, views, buttons), thin."""
