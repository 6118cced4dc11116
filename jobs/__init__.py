"""Work that takes time: compose a pattern, ring the workers, send webhooks, sweep."""
