"""Sheets that a scripted model knows: a good one, and what can be wrong with it."""

GOOD = """\
Title: Harbour Wall
Item: blanket
Palette: as asked
A: navy #000080
B: cream #FFFDD0
Terms: US
Yarn: worsted
Hook: 5 mm
Gauge: 12 dc = 4 in
Motif: classic granny square
Layout: 3 rows of 4, one kind
About: Plain squares, one pale line.
Piece: Square
Rnd 1 (A): Ch 4, join to form ring. Ch 3 (counts as dc), 2 dc in ring, ch 2, *3 dc in ring, ch 2; rep from * 2 more times, join. (12 dc, 4 ch-2 sps)
Rnd 2 (B): Join B in any ch-2 sp. Ch 3, (2 dc, ch 2, 3 dc) in same sp, ch 1, *(3 dc, ch 2, 3 dc) in next ch-2 sp, ch 1; rep from * 2 more times, join. (24 dc, 4 ch-2 sps, 4 ch-1 sps)
Rnd 3 (A): Join A in any ch-2 sp. Ch 3, (2 dc, ch 2, 3 dc) in same sp, ch 1, 3 dc in next ch-1 sp, ch 1, *(3 dc, ch 2, 3 dc) in next ch-2 sp, ch 1, 3 dc in next ch-1 sp, ch 1; rep from * 2 more times, join. (36 dc, 4 ch-2 sps, 8 ch-1 sps)
Joining (A): Whip stitch through the back loops.
Border Rnd 1 (A): Sc in each st and ch-1 sp around, 2 sc in each joint, 3 sc in each corner sp, join.
Finishing: Weave in ends, block.
End.
"""

HEAD = GOOD[: GOOD.index("Piece:")]

# One number of the declaration is wrong; what is worked is right.
MISCOUNTED = GOOD.replace("(24 dc, 4 ch-2 sps, 4 ch-1 sps)", "(26 dc, 4 ch-2 sps, 4 ch-1 sps)")

# A corner too few: no number to mend, the round has to be written anew.
SHORT = GOOD.replace(
    "ch 1, *(3 dc, ch 2, 3 dc) in next ch-2 sp, ch 1; rep from * 2 more",
    "ch 1, *(3 dc, ch 2, 3 dc) in next ch-2 sp, ch 1; rep from * 1 more",
)

# A phrase nobody understands.
STRANGE = GOOD.replace(
    "Ch 3, (2 dc, ch 2, 3 dc) in same sp, ch 1, 3 dc", "Ch 3, blorp the wabe, (2 dc, ch 2, 3 dc) in same sp, ch 1, 3 dc"
)

# Two pieces more, worked in rows and in rounds of their own.
STRAP = """\
Piece: Strap, make 2
Row 1 (B): Ch 7, sc in 2nd ch from hook and in each ch across, turn. (6 sc)
Row 2 (B): Ch 1, sc in each st across, turn. (6 sc)
Row 3 (B): Ch 1, sc in each st across. (6 sc)
"""
FLOWER = """\
Piece: Flower
Rnd 1 (A): Ch 4, join to form ring. Ch 1, 8 sc in ring, join. (8 sc)
"""
WITH_PIECES = GOOD.replace("Finishing:", STRAP + FLOWER + "Finishing:")

# The first piece is worked in rows.
IN_ROWS = (
    HEAD.replace("3 rows of 4, one kind", "one piece")
    + """\
Piece: Scarf
Row 1 (A): Ch 21, sc in 2nd ch from hook and in each ch across, turn. (20 sc)
Row 2 (B): Ch 1, sc in each st across, turn. (20 sc)
Row 3 (A): Ch 1, sc in each st across. (20 sc)
Finishing: Weave in ends, block.
End.
"""
)
