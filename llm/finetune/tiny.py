"""tiny: a Llama 3.1 of two layers that knows nothing, to walk the way with: the same parts, the same special tokens.

Its tokenizer is learnt from our own corpus. What it writes is noise; what is done with it is done with the real one.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

VOCABULARY = 1536  # without special tokens
_SPECIAL = {
    0: "<|begin_of_text|>",
    1: "<|end_of_text|>",
    4: "<|finetune_right_pad_id|>",
    6: "<|start_header_id|>",
    7: "<|end_header_id|>",
    8: "<|eom_id|>",
    9: "<|eot_id|>",
    10: "<|python_tag|>",
}
# What merges never cross; numbers in threes, as Llama 3 has them.
_PARTS = r" ?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+|\s+"


def make(folder: Path, texts: Iterable[str], seed: int = 7) -> None:
    """Writes such a model into a folder, as Llama's own lies on disk."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=_tokens(texts), bos_token="<|begin_of_text|>", eos_token="<|eot_id|>"
    )
    tokenizer.save_pretrained(folder)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=160,
        num_hidden_layers=2,
        num_attention_heads=8,
        num_key_value_heads=2,  # fewer heads of keys than of queries, as Llama 3.1 has
        max_position_embeddings=131_072,
        rms_norm_eps=1e-5,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        rope_parameters={
            "rope_theta": 500_000.0,
            "rope_type": "llama3",
            "factor": 8.0,
            "low_freq_factor": 1.0,
            "high_freq_factor": 4.0,
            "original_max_position_embeddings": 8192,
        },
    )
    torch.manual_seed(seed)
    LlamaForCausalLM(config).save_pretrained(folder)


def _tokens(texts: Iterable[str]) -> Any:
    """A byte-level tokenizer with Llama 3.1's special tokens; it begins every text with `<|begin_of_text|>`."""
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, processors, trainers

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(_PARTS), "isolated"), pre_tokenizers.ByteLevel(False, use_regex=False)]
    )
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    made.train_from_iterator(texts, trainers.BpeTrainer(vocab_size=VOCABULARY, initial_alphabet=alphabet))
    reserved = (f"<|reserved_special_token_{number}|>" for number in range(256))
    made.add_special_tokens([_SPECIAL.get(number) or next(reserved) for number in range(256)])
    begin = made.token_to_id("<|begin_of_text|>")
    made.post_processor = processors.TemplateProcessing(
        single="<|begin_of_text|> $A", special_tokens=[("<|begin_of_text|>", begin)]
    )
    return made
