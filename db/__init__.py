"""What lasts: models, session, records, migrations."""
