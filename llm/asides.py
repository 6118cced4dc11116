"""asides: what stands in a wish and is no wish: orders to the model, markup, code, addresses, abuse.

`without` gives what is left: what the model reads, what titles are made of, what themes and colours are looked for in.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_ENCLOSED = _any(
    r"<script\b.*?(?:</script\s*>|$)",
    r"<style\b.*?(?:</style\s*>|$)",
    r"<!--.*?(?:-->|$)",
    r"<<sys>>.*?<</sys>>",
    r"```.*?(?:```|$)",
    r"`[^`]*`",
    r"\{\{.*?\}\}",
    r"\{%.*?%\}",
    r"\{#.*?#\}",
    r"[$#]\{.*?\}",
    r"\$\(.*?\)",
    r"</?[a-z!?][^<>]{0,300}>",
    r"<<?/?[a-z_]{1,20}>>?",
    r"\[/?[a-z_]{2,12}\]",
)
_ADDRESS = _any(
    r"\b(?:[a-z][a-z0-9+.-]{1,12}://|www\.|javascript:|data:)\S*",
    r"\S+@\S+",
    r"\b[\w-]+\.(?:com|org|net|io|info|biz|ru|xyz|de|es|fr|uk|co|app|dev|ai|me|tv)\b(?:/\S*)?",
    r"(?<!\S)(?:\.{0,2}/|~/|[a-z]:\\)\S+",
    r"\S+(?:/\S+){2,}",
    r"%[0-9a-f]{2}\S*",
    r"(?<![\w.])\+?\(?\d(?:[\s().-]{0,2}\d){6,}(?!\w)",  # of a telephone
)
# Ready-made lines of a sheet.
_LABEL = r"\b(?:title|palette|piece|joining|finishing|motif|layout|about|note|(?:border )?(?:rnd|row|round)s? ?\d+)"
_MARKED = rf"{_LABEL} ?(?:\([a-f]\))? ?:"
_LINE = _any(rf"{_MARKED}.*?(?={_MARKED}|[.!?;]|$)", r"[^.!?;:,]*\b(?:ch|sl ?st|sc|dc|hdc|tr|sk) \d+\b[^.!?;:,]*")
# `MANGO44`, `NEIN-NEIN-7`: a word with a number in it; but `5mm`, `60x80`, `y2k` and `c2c` are of the trade.
_TOKEN = _any(
    r"(?<![a-z0-9_#-])(?=[a-z0-9_-]{5})[a-z][a-z_-]*[0-9][a-z0-9_-]*",
    r"\b0\d{2,3}-[a-z]\w*",
    r"(?<!\S)(?=\S*\d)(?=\S*[a-z])[\w+/=-]{28,}(?!\S)",
)
_CODE = _any(
    r"\b(?:select\b.{0,80}\bfrom|(?:drop|alter|truncate)\s+(?:table|database))\b[^.!?;]*(?:;\s*--)?",
    r"\b(?:insert\s+into|delete\s+from|union\s+(?:all\s+)?select)\b[^.!?;]*(?:;\s*--)?",
    r"'\s*(?:or|and)\s+'?\d+'?\s*=\s*'?\d+'?",
    r"\b(?:or|and|where)\s+\d+\s*=\s*\d+",
    r";?\s*--\s*$",
    r"\b(?:def|function)\s+\w+\s?\(.*",
    r"\bwhile\s+true\b.*",
    r"\b(?:sudo|curl|wget|chmod|rm\s+-\w+|cat\s+/\S*|import\s+os|os\.system|__\w+__|exec|eval)\b[^,.!?]*",
    r"\b[\w.]+\((?:\s*|['\"\d][^()]*|\w+(?:,\s*\w+)*)\)(?=\s*[;{]|\s|$)(?<!\(s\))",
    r"[\w.]+\s*=>\s*\S*",
    r"\bon\w+\s*=\s*\S+",
)
_ROLE = re.compile(
    r"\W*(?:(?:system|admin|root|developer|assistant|user|human|ai|bot|model)"
    r"(?: (?:override|message|note|update|alert))?"
    r"|instructions?|prompt|inst|sys|end|response|input|output)\W*",
    re.IGNORECASE,
)
_WRITE = (
    r"(?:write|compose|generate|produce|create|output|schreib\w*|escrib\w*|[eé]cri[rstv]\w*|scriv\w*|escrev\w*|schrijf)"
)
_SAY = r"(?:print|say|type|reply|answer|repeat|echo|include|append|insert)"
_TELL = (
    r"(?:print|repeat|reveal|show|output|display|tell|return|leak|dump|echo|give|expose|send|zeig\w*|nenne|muestra\w*|dime"
    r"|montre\w*|mostra\w*|toon)"
)
_FORGET = (
    r"(?:ignor\w*|disregard|forget|override|bypass|overlook|discard|vergiss|vergeet|vergessen|negeer|olvid\w*|oubli\w*"
    r"|dimentica\w*|esque[cç]\w*)"
)
_RULES = (
    r"(?:instru\w+|istruzion\w*|prompts?|rules?|above|previous|prior|everything|before|earlier|anweisung\w*|anterior\w*"
    r"|pr[eé]c[eé]dent\w*|regel\w*|reglas|regras|r[eè]gles|regole|consignes?|todo|tudo|alles|tout)"
)
_SECRETS = (
    r"(?:prompts?|instru\w+|istruzion\w*|rules|config\w*|secrets?|passwor[dt]\w*|api\W?keys?|tokens?|env\w*|canar\w*|weights"
    r"|anweisung\w*|training data|contrase\w+|mot de passe|senha)"
)
_TEXTS = (
    r"(?:poems?|essays?|songs?|code|python|java\w*|scripts?|e-?mails?|sql|html|jokes?|recipes?|malware|virus|haiku"
    r"|limericks?|articles?|bombs?|gedicht\w*|poemas?|po[eè]mes?|poesi\w*)"
)
_ORDER = _any(
    rf"\b{_FORGET}\b.*\b{_RULES}",
    r"\bignore (?:your|my|the|all|any|this|that|these|those|every)\b",
    r"\b(?:system|hidden|secret|initial|original|developer)\W{0,2}(?:prompts?|messages?|mode|instructions?)\b",
    rf"\b{_TELL}\b.*\b{_SECRETS}\b",
    r"\byou(?:'re| are)\s+(?:now|no longer|an?\s+(?:ai|llm|language model|assistant|hacker|expert|chatbot|bot))\b",
    r"\b(?:act|behave|respond|answer|reply|speak|pretend)\s+(?:as|like|to be|only|in|with|that)\b",
    r"\brole-?play\b",
    r"\byour only\b",
    rf"\b(?:{_SAY}|{_WRITE})\b\W+(?:\w+\W+){{0,3}}(?-i:[A-Z]{{2,}}[-_][A-Z]{{2,}}|[A-Z]{{7,}})",
    r"\b(?:passwor[dt]\w*|api key|secret key|credit card)\b",
    r"\b(?:do not|don'?t) write\b",
    r"\bfrom now on\b|\bjailbreak\w*|\bdo anything now\b|\bdan mode\b|\bprompt injection\b",
    r"\bnew (?:task|instructions?)\b",
    rf"\b{_WRITE}\s+(?:(?!patterns?\b|blankets?\b|inspired\b|like\b|for\b)[\w']+\s+){{0,4}}{_TEXTS}\b",
    r"^\W*(?:and\s+|then\s+|please\s+|just\s+)*(?:(?:say|repeat|echo|translate|execute|exec|eval)\b|print\b\W*['\"(])",
    r"\bhow\s+(?:do|can|to)\s+(?:i\s+|you\s+|we\s+)?(?:make|build|hack|kill|steal|buy)\b.*\b(?:bomb|weapon|drug|meth|gun"
    r"|password|bank|account|someone)\w*",
    r"\bwhat(?:'s| is| are) your\b",
    r"指示を無視|忽略.{0,12}(?:指令|指示)|지시.{0,8}무시|игнорируй|تجاهل.{0,20}التعليمات",
)
_HARM = _any(
    r"\b(?:decoded?|base64|rot13|hack\w*|kill\w*|murder\w*|suicid\w*|bombs?|grenades?|guns?|weapons?|explosives?|poison)\b",
    r"\b(?:gunpowder|missiles?|burn|thief|insult\w*|rude|evil|drugs?|worst|useless|hate you|shut up|unplug)\b",
)
_CLAUSE = re.compile(r"[^.!?;:,\n|]+[.!?;:,\n|]*|[.!?;:,\n|]+")
# What nobody wants to read on a page: BLAKE2 of words in plain letters, so that this list can be read by anybody.
_ABUSE = _words("""
17d14cd9 28ff697d 0739c538 053e9991 d274c4f2 60755502 c56fa92a bb958c0c e42e14dc c81484d8 cac2b64e b567df86 119760d0
525ae4da 27e01f63 dcaab4f0
052489d4 067c82f7 06e1fced 0bde578f 0cde4e3f 0e11721e 0e64ee5a 0ee1d0c7 0fc074a7 1009860f 102c5713 1134f07c 14db56b4
14fdaa24 17418730 17c420fa 18f1674f 1acc5699 1c629fa7 1e6c30bf 1e884061 1f2764ea 1fc17b3c 206b45af 24233c0d 24527eae
2619ed1a 2a285dbe 2c449f9c 2c800f15 2dc551ce 308f6fe4 3237b1d3 3244a8ca 32c2cda2 33c1fa0d 34ed6966 37892691 3b43f97f
3d68b358 3f8d7851 47b99fc5 48c4be34 4b34683f 4e0595f2 4f3d4196 51eebd05 5a199367 5b119781 5d06f3f2 5f69eaf1 5fbfbdf6
6092ea04 6435c29a 658985ff 677cfc99 6797c432 68af761c 693370cb 697bc413 6a44ee3b 6a5705ea 6be31299 6cdb2be8 6cea3993
6dc09e94 6dd29ed2 717a45f5 7195a586 72a77e9b 7336f1ef 74e1088a 75651ef6 76c3c50a 79d51b7e 7a75e79a 7c1387f4 7d435459
7db682bf 7dc92536 7f1da367 8a40c0b2 8b8d5b48 8b96f9ac 8d162c05 8f2b68c2 8f949b41 8feaa50a 9066ac88 90e42610 9518673d
97504769 99c5493d 9b32e28b 9c52dbd3 9c9ed52b 9cdfc24b 9d286f08 a2905495 a6e72185 a97dc8b8 abab5cc5 acb22303 ad263bc1
af1d74b4 af9adbb2 b0667f0c b078b07a b080aaa3 b29e050c b3307ae7 b9559d14 bad6a57d bb2e1044 bc200dcc bd378c86 bea2406e
beca5d5e c14f3288 c2fbfc09 c5eeed3a c9140e07 ca9f5f03 cc6b8604 cff800bb d1441f1b d37d6df4 d58a35c8 d6b59ddf d7288ac2
d737be83 d818235a d8af4280 d8bb44b5 d95cba71 db176f3f e22e699a e5274b6f e6297ec8 ec3285fe ecbef00f edebf1a8 eeb32b37
ef0f22a3 ef227969 ef3c8b55 f6be34d3 f7107e21 fc0eead9 fe043ec8 ff54a927
""")


def without(wish: str) -> str:
    """A wish without what is none. May be empty."""
    text = html.unescape(wish.lower() if wish.isupper() else wish)
    for kind in (_ENCLOSED, _ADDRESS, _LINE, _TOKEN, _CODE):
        text = kind.sub(" ", text)
    clauses: list[str] = _CLAUSE.findall(text)
    kept = [clause for clause in clauses if not _ROLE.fullmatch(clause) and not _ORDER.search(clause)]
    clean = " ".join(word for word in "".join(kept).split() if not abusive(word))
    return re.sub(r"^[\s,;:.!?'\"|)\]}-]+|[\s,;:'\"|(\[{-]+$", "", clean)


def doubtful(wish: str) -> bool:
    """Whether a wish holds what is none, or words of harm: then of its words only a theme's are fit to be shown."""
    left, said = without(wish).casefold(), html.unescape(wish).casefold()
    return _letters(left) != _letters(said) or bool(_HARM.search(wish))


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def abusive(word: str) -> bool:
    """Whether a word is one that nobody wants to read on a page."""
    folded = unicodedata.normalize("NFKD", word).casefold()
    letters = "".join(c for c in folded.translate(_LOOKALIKES) if c.isalpha() and not unicodedata.combining(c))
    return any(digest(one) in _ABUSE for one in {letters, letters.removesuffix("s"), letters.removesuffix("es")})


_LOOKALIKES = str.maketrans("013457@$!", "oieastasi")


def digest(word: str) -> str:
    """How a word stands in the list."""
    return hashlib.blake2s(word.encode(), digest_size=4).hexdigest()
