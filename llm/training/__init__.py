"""training: makes knotty-mini from nothing: corpus, tokens, training, weights. Needs torch; nothing else here does."""
