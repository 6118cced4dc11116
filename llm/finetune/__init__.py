"""finetune: from Llama's weights on disk to `llama-knotty` behind Ollama. README.md says it step by step."""
