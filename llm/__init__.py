"""The language model: corpus, training, serving, evaluation."""
