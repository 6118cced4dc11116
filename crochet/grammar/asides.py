"""Asides: the closed list of what makes no stitch and may be passed over, and what is told of the yarn.

aside  = "fasten off" | "turn" | colour | remark
remark = "corner made" | "RS facing" | "place marker" | "stuff" | "do not join" | "leave a long tail" | ...
"""

from __future__ import annotations

from crochet.grammar.charted import yarn_alone
from crochet.grammar.edges import BEGINS, on_edge
from crochet.grammar.garments import changed
from crochet.grammar.loops import loops
from crochet.grammar.names import FIRST_WORDS
from crochet.grammar.pattern import Aside, Item
from crochet.grammar.petals import behind
from crochet.grammar.phrases import Phrases, names_yarn
from crochet.grammar.shaping import shaped
from crochet.grammar.spelling import CRAFT, KNOWN
from crochet.grammar.tokens import Reader
from crochet.grammar.toys import toy
from crochet.grammar.turns import rowwise
from crochet.grammar.yarns import colour

_ENDS = Phrases(
    "fasten|bind|finish|tie|cast off", "fo", "f . o", "break|cut|clip|snip off? the|your|all? yarn|thread|yarns|it?",
    "cinch|cinching the|it? hole|opening|top|end? closed|shut|tight|tightly|up?",
    "fasten|finish and|& cut|break", "fasten|finish it? off securely?", "finish", "f / o", "end off|yarn",
    "pull through", "pull yarn|tail|thread|it through|tight", "draw yarn|tail|thread through",
)  # fmt: skip
_AFTER_ENDS = Phrases(
    "and|& weave|sew|darn|tuck in the|all|your? ends|end|tails|tail",
    "weave|sew|darn in the|all|your? ends|end|tails|tail", "and|& break|cut the? yarn|thread",
    "and|& fasten|finish off", "leaving|leave|with a? long? # -? inch|inches|cm|in|\" tail|end|length? for? sewing?",
    "leaving|leave|with a|an? long|longer|short|tail|end|length end|tail|length? of|to|for? yarn|sew|sewing?",
)  # fmt: skip
_REMARKS = Phrases(
    # what has been made, told as a remark
    "first|second|third|fourth|last|1st|2nd|3rd|4th|beg|beginning|next? corner|shell|cluster|group|v made|formed",
    "v - st|stitch made", "inc|dec|increase|decrease made",
    "beg|beginning|starting? v - st|stitch|shell|cluster|corner made", "first|one|1 side made|completed|complete",
    "first|1st sc|dc|hdc|tr|htr|dtr made", "corner", "picot made", "ring made", "side made|complete|completed",
    "half corner made",
    "that ' s|is the|a|your? first|second|third|fourth|last|1st|2nd|3rd|4th? corner",
    "thats|this|that|it is|makes? the|a|your? first|second|third|fourth|last|1st|2nd|3rd|4th? corner",
    "another|1|one? shell|cluster|group|corner|petal|point made|formed|completed",
    "center|centre|middle st|stitch|sc|dc|hdc|tr|htr? of the? shell|scallop|group|petal|cluster|corner",
    "same one|place|st|stitch|ch|sp you? started|began in?",
    # which side is seen, and how it is worked
    "with? rs|ws|right|wrong side? facing|out|up|of|toward|towards? you|work|piece|fabric?", "loosely", "tightly",
    "you|we should|will|ll now? have # rows|rounds|rnds done|made|finished|completed|complete|now|total?",
    "flip|turn|rotate the|this|your? block|tile|square over|down|around|upside?",
    "with|using the? larger|smaller|bigger hook",
    "but? not too tight|tightly|loose|loosely",
    "move|moving|go|going into a? spiral from? here? on?",
    "skipped chs|chains|ch do|does? not counted|count as? a? st|stitch?",
    "work|working|worked loosely|tightly|evenly", "rs|ws", "right|wrong side", "without turning", "no chain|chains",
    "do not join|close the|this? rnd|round|rounds|rnds?", "don ' t join the|this? rnd|round|rounds|rnds?",
    "without joining", "do not sl st|stitch? to? join?", "no join",
    "do not fasten|finish|bind|cut|break off? the|your? yarn|mc|cc|a|b|c|d|e?",
    "don ' t fasten|finish|cut|break off? the|your? yarn?", "do not join or|and turn", "do not turn or|and join",
    "work|working|worked|continue|continuing in a|the? continuous|spiral|spirals|continual rnds|rounds|spiral?",
    "work|working in a? spiral|spirals|rounds|rnds|round", "in a? continuous|spiral|spirals rounds|rnds|spiral?",
    "in a spiral", "pick up and", "rotate the? work|piece?", "and|then rotate the? work|piece?",
    "now? turn|flip|rotate it around",
    "turn|flip the? work|flower|piece? over? to the? back of? the? work|flower|piece?",
    "work|working|inserting? hook? through|thru|in both|all layers|thicknesses|pieces|edges|squares|motifs of? fabric?",
    "work|working in|into|through the? back|front|both - loop|loops|lp|lps only?",
    "work|working in|into|through the? back|front|both|blo|flo loop|loops|lp|lps? only? throughout|of? this|rnd|round?",
    "in|into|through the? back|front|both loop|loops|lp|lps only?", "in|through blo|flo", "blo|flo",
    "work|working from? left to right", "from left to right", "work|working backwards",
    "starting|beginning|start|begin in|with the? same|first st|stitch|sc|dc as|of? the? join|joining|sl? st?",
    # what is drawn up or closed
    "pull|draw up a? long|tall|large loop|lp",
    "pull|draw up a|the? long? loop|lp to the? height of a|the|your? puff|dc|tr|hdc|st|stitch|shell|cluster?",
    "same ch|st|stitch|sp|place as the? first|last|beginning? #? sc|dc|hdc|tr|st|sts|stitch|stitches?",
 "pull|draw it|ring shut|closed|tight", "but? not quite tight",
    "pull|draw the|your? magic? ring|circle|loop|centre|center|hole shut|up|together",
    "thread|weave|draw|pull|run end|tail|yarn|thread through the? rem|remaining|last|front? sts|stitches|loops|lps",
    "fasten securely", "pull|draw up? tightly|tight|firmly", "knot the|both? ends|end|tails", "tighten", "gather",
    "do not twist the|your? ch|chain|it|sts?", "don ' t twist the|your? ch|chain|it|sts?",
    "without twisting the|your? ch|chain|it|sts?", "corner made?", "( = a? corner )", "- corner made? -", "= a? corner",
    "holding|keeping|pushing|pull|pulling|push|keep|hold the? ch|chain? -? #? sp|sps|lp|lps|loop|loops|chains|chain? "
    "at|to|in the? back|front of? work?",
    "always? inserting the? hook in|into|through the? back|front loop|lp|loops|lps only? of? each? st?",
    "working|work in|into back of the? ch|chain",
    "working|work in? front|back of the|these|those? last|previous|first|same? #? st|sts|stitch|stitches|dc|tr|hdc|sc|"
    "dtr|fptr|fpdc|bptr|bpdc|ch|chs|group just? made|worked|completed?",
    "working|work over|behind the|these|those? last|previous|first|same? #? st|sts|stitch|stitches|dc|tr|hdc|sc|dtr|"
    "fptr|fpdc|ch|chs|group just? made|worked|completed?",
    "working|work over|behind|around the|next|last? ch|chain -? #? -? sp|sps|space|spaces|loop|lp?",
    "( cross|crossed|x -? st|stitch|dc|tr|hdc|sc|dtr made|completed )", "( cable|twist|braid made|completed|formed )",
    # markers
    "and? move up each|every rnd|round|row?", "move it|this up each|every rnd|round|row?",
    "place|put|insert|attach|add a|an|the|your? stitch|st|stitches? marker|pm|markers here|in|into?",
    "place|put|insert|attach a|the? marker in|into|at|on the|this|that? first|last|next|same? st|stitch|sc|dc|loop?",
    "place|put a? marker at the? beginning|beg|start|end of the|this|each? rnd|round|row", "pm",
    "pm in|at|on first|last|this|same st|stitch|sc",
    "move|moving the|your? marker|markers up? each|every? rnd|round|row?",
    "mark first|last|this|the|beginning first? st|stitch|sc|dc|of? rnd|round|row?",
    "mark the|this|your? first|last|center|centre|middle|corner|next? st|stitch|sc|dc|hdc|ch|sp made|worked?",
    "mark the? center|centre|middle single|double|treble crochet of the|these? 3|group|last?",
    "mark the? center|centre|middle st|stitch|sc|dc of the|these? 3|group|last?",
    "mark the? beginning|beg|start|end|first|last|st|stitch of? the|each|this? rnd|round|row?",
    "remove|replace the? marker", "mark this? corner|st|stitch",
    "use|using a? stitch? marker|markers to? mark? the? beginning|start|first? of? each|the? rnd|round|row|st?",
    # yarn and stuffing
    "leave|leaving a|an? long|longer|short|tail|end|length tail|end|length? for|to|of? sewing|sew|yarn?",
    "leave|leaving a? # -? inch|inches|cm|in tail|end|length for|to? sewing|sew?",
    "weave|sew|darn|tuck in the|all|your? ends|end|tails|tail", "weave|darn in",
    "turn|turning|flip the|your|it? seam|seams|work|piece|tube|hat|mitten|sock|right|wrong? side? inside|out out|in?",
    "make another one|sock|mitten|slipper|sleeve|piece? the? same? way?",
    "make the|a second|other one|sock|mitten|slipper|sleeve|piece the? same? way?",
    "stuff|stuffing firmly|lightly|piece|head|body|as? you? go?", "begin|start|continue|finish stuffing|to stuff?",
    "stuff as you go", "change|switch|changing colour|color|colors|colours|yarn|yarns",
    "pull|draw the|your|magic? ring|tail|circle|yarn|loop ring|tail|end? closed|close|tight|to close? it|ring?",
    "cut and|& tie the? yarn?", "add|insert more|some|the? stuffing|fiberfill|polyfill",
    "stuff the|it? head|body|piece|leg|arm|ball? firmly|lightly|now|well?", "attach|insert|add safety? eyes",
    "do not stuff", "pull|draw the|your magic|adjustable ring|circle|loop closed|close|tight|to close|tight?",
    "secure the? ends|end|tail|tails|yarn?", "weave|sew|darn the|all|your? ends|end in|away", "starch lightly|stiffly?",
    "cut and tie|& yarn?", "block", "this brings thread|yarn|you in|into position for the? next rnd|round",
    # asides to the reader
    "to|at end|finish|close|complete|begin|start of? the|this|each? rnd|round|row ,|:?", "as follows", "tip",
    "ending|end|finish to correspond", "ending|end as rnd|round|row? began|begun|started",
    "all in|into the? same st|stitch|sp|space|place",
    "see the|your? pattern|special|stitch? note|notes|photo|photos|picture|pictures|stitches above|below?",
    "at this point", "no ch|chain",
    "pull tight|tightly closed?", "work|working in|into|through the? back|bottom|rear|horizontal bump|bumps|bar|bars|"
    "ridge|ridges|hump|humps of the? foundation|starting? ch|chain|chains?",
    "work|working in|into the? bump|bumps on|at|in the? back of the? ch|chain|chains",
    "making|being|make|be sure|certain to|you|that? you? end|have|finish|get up? with? an? even|odd number of? "
    "sts|stitches|sc|hdc|dc?",
    "making|being|make|be sure|certain to|you|that? you? end|have|finish|get up? with? a? multiple of # + # "
    "sts|stitches?",
    "making|being|make|be sure|certain to|you|that? you? end|have|finish|get up? with? a? multiple of # "
    "sts|stitches|sc?",
    "making|being|make|be sure|certain your|the? number|count of? sts|stitches? is an? even|odd|multiple of? #? "
    "number?",
    "making|being|make|be sure|certain the? edge|edges|piece|work lies|lie|lays|lay|stays|stay flat",
    "keeping|keep the? edge|edges|piece|work|sides flat|even|straight",
    "insert|place|put the|your? ball|stuffing|form|balloon|insert|bauble inside?", "pull closed", "flatten",
    "this|it creates|makes|forms|will form|make|create the|a|your? # sides|corners|petals|points|leaves? of|for? the? "
    "square|flower|hexagon?",
    "# rows|rounds|rnds total|completed|complete|altogether?",
    "now? the|your|both|all? legs|feet|arms|ears|wings|paws|pieces|parts|halves are now? joined|connected",
)  # fmt: skip
_YARN = Phrases(
    "change|switch|changing|switching|swap to|colour|color|yarn|yarns", "with", "using|use|in", "drop|dropping",
    "pick|picking up", "carry|carrying", "continue|continuing with|in", "drop|leave", "work|working with|in",
)  # fmt: skip
_AFTER_YARN = Phrases(
    "in|on|with|at the|this? last|final|next|same yarn|st|stitch|sc|dc|yo|loop|two?",
    "at the? end of the|this? rnd|round|row", "along|up|across|behind|not cut|break?", "on last|final yo|yarn over?",
    "at end", "in the? last st|stitch of the|this? rnd|round|row", "at|on the? end of row|rnd|round|rows|rnds #",
)  # fmt: skip


def aside(text: Reader) -> Item | None:
    """What makes no stitch; None: it is not on the list (nothing is passed over)."""
    at, start = text.i, text.start
    if _ENDS.skip(text):
        colour(text)
        while _AFTER_ENDS.skip(text):
            pass
        return Aside("fasten off", (start, text.end))
    if (change := shaped(text)) is not None:
        return change
    if (said := rowwise(text)) is not None:
        return Aside(said[0], (start, text.end), said[1])
    if text.skip("with") and text.peek().kind == "w" and _unheard_of(text):
        return Aside("colour", (start, text.end), said=text.text[start : text.end])
    text.i = at
    if _YARN.skip(text) and colour(text):
        _AFTER_YARN.skip(text)
        return Aside("colour", (start, text.end), said=text.text[start : text.end])
    text.i = at
    if names_yarn(text.peek().text) and text.peek(1).text == ":" and colour(text):
        return Aside("colour", (start, text.end), said=f"with {text.text[start : text.end]}")
    if _opens_a_row(text) and not names_yarn(text.peek().text) and colour(text) and text.peek().text in _SEPARATES:
        return Aside("colour", (start, text.end), said=f"with {text.text[start : text.end]}")
    text.i = at
    if remark(text) or _handles_yarn(text):
        return Aside("remark", (start, text.end), said=text.text[start : text.end])
    return None


def _opens_a_row(text: Reader) -> bool:
    """Nothing stands before, or a bracket: `Rnd 3: Pale orange. 3 ch, ...`, `(yellow) ch 4`."""
    return text.i == 0 or (text.i == 1 and text.texts[0] in ("(", "["))


_ON_THE_EDGE = Phrases(
    "at|on|along the|this? neck|armhole|front|shoulder|side|underarm|centre|center|outer|inner edge|end|side",
    "at|on the? beg|beginning|start|end of? the|this? row",
    "at|on the|this? neck|armhole|neckline",
)
_BEHIND = frozenset({"in", "into", "through", "thru", "blo", "flo", "for", "with", "using"})


def beside(text: Reader) -> Item | None:
    """What may stand right behind a stitch, with nothing between: its yarn, `6 sc with B`, and its loop, `in BLO`."""
    at, start = text.i, text.start
    if yarn_alone(text):
        return Aside("colour", (start, text.end), said=f"with {text.text[start : text.end]}")
    if _on_the_edge(text):
        return Aside("remark", (start, text.end), said=text.text[start : text.end])
    if text.texts[text.i] not in _BEHIND:
        return None
    if text.at("in|into|through|thru|blo|flo") and loops(text):
        return Aside("remark", (start, text.end), said=text.text[start : text.end])
    if text.skip("for") and text.number() and text.skip("rows|rnds|rounds"):
        return Aside("remark", (start, text.end), said=text.text[start : text.end])
    text.i = at
    if text.skip("with|in|using") and text.peek().kind == "w" and colour(text) and _ends_a_phrase(text):
        return Aside("colour", (start, text.end), said=text.text[start : text.end])
    text.i = at
    return None


def _on_the_edge(text: Reader) -> bool:
    """Pass over `at neck edge`; else nothing is passed over."""
    at = text.i
    if text.at("at|on|along") and _ON_THE_EDGE.skip(text) and _ends_a_phrase(text):
        return True
    text.i = at
    return False


def _ends_a_phrase(text: Reader) -> bool:
    return text.done() or text.peek().text in _SEPARATES or text.at("and|then|*|—|=|-|&|/")


def _unheard_of(text: Reader) -> bool:
    """`with stripe,`, `with light`: a word that the craft does not know names a yarn, by itself before its stitches."""
    word = text.peek().text
    text.i += 1
    known = len(word) < _SHORTEST or word in KNOWN | CRAFT or word in _HANDLING | _YARNS | _ABOUT or word in FIRST_WORDS
    return not known and text.at(",|:")


_SHORTEST = 4  # letters
_AT_THE_END = Phrases("at|on the? end of the? last|final? row|rnd|round #?", "at|on the? end of r #")
_CLOSED = Phrases(
    "sl st|stitch in|to|into the? next|first st|stitch|sc|dc|hdc to? join?", "slst|ss in|to the? next|first st|sc|dc"
)


def _at_the_end(text: Reader) -> bool:
    """`At end of Row 3 change to B`, `At end of Rnd 9, sl st in next sc`: what is done once, and makes no stitch."""
    at = text.i
    if _AT_THE_END.skip(text):
        text.skip(",")
        done = _CLOSED.skip(text) or aside(text)
        if done is True or (isinstance(done, Aside) and done.what in ("remark", "colour", "fasten off")):
            return True
    text.i = at
    return False


_HANDLING = frozenset(
    ["change", "changing", "switch", "switching", "drop", "dropping", "carry", "carrying", "cut", "cutting", "break",
     "breaking", "pick", "picking", "weave", "weaving", "leave", "leaving", "hide", "hiding", "tie", "tying", "end"]
)  # fmt: skip
_YARNS = frozenset(
    ["yarn", "yarns", "thread", "colour", "color", "colours", "colors", "mc", "cc", "tail", "tails", "ends", "strand",
     "strands", "ball", "skein", "hook", "colorway"]
)  # fmt: skip
_ABOUT = frozenset(
    ["to", "back", "at", "the", "a", "an", "of", "in", "on", "with", "and", "for", "from", "off", "up", "along", "your",
     "this", "that", "each", "every", "next", "new", "first", "second", "third", "other", "same", "main", "old", "all",
     "any", "row", "rows", "rnd", "rnds", "round", "rounds", "side", "wrong", "right", "behind", "long", "short",
     "about", "approx", "hook",
     "mm", "size", "larger", "smaller", "bigger", "us",
     "inch", "inches", "cm", "sewing", "sew", "later", "now", "when", "while", "as", "you", "go",
     "work", "working", "before", "after", "do", "not", "last", "final", "loose", "-", "/", "contrasting", "contrast"]
)  # fmt: skip
_SEPARATES = frozenset([",", ".", ";", ":", "!", "(", ")", "[", "]"])


def _handles_yarn(text: Reader) -> bool:
    """`change back to MC at the end of the row`: what is done with the yarn, in words of a closed list."""
    at = text.i
    text.skip("do", "not") or text.skip("don", "'", "t")
    yarn = text.peek().text in _HANDLING
    told = False
    while yarn and not (text.done() or text.peek().text in _SEPARATES):
        token = text.peek()
        told = told or token.text in _YARNS
        last = text.peek(-1).text in ("last", "final")  # `in last sc`: where the yarn is changed
        yarn = token.kind == "n" or token.text in _HANDLING | _YARNS | _ABOUT or (last and token.text in FIRST_WORDS)
        text.i += 1
    if not (yarn and told):
        text.i = at
    return yarn and told


def remark(text: Reader) -> bool:
    """Pass over a remark of the closed list."""
    if text.at("start|begin|starting|beginning", "in") and "any" in text.texts[text.i : text.i + 9]:
        return False  # `start in the first dc of any shell` joins there
    if text.texts[text.i] in ("at", "on") and (_at_the_end(text) or _on_the_edge(text)):
        return True
    at = text.i
    if text.peek().kind == "n" and text.peek(1).text in ("st", "sts") and changed(text):
        return True
    toy(text) or (text.texts[at] in BEGINS and on_edge(text)) or behind(text)
    ends, text.i = text.i, at
    text.texts[at] in text.names.begins or _REMARKS.skip(text)  # `corner` may be a group of the pattern's own
    text.i = max(ends, text.i)
    return text.i > at
