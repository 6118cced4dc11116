"""sheet_words: what titles and the line about a pattern are put together from."""

from __future__ import annotations

from llm.lexicon.wish_words import apart

TAILS = apart("""
Riot Dream Song Comfort Garden Squares Patchwork Granny Hug Nest Story Window Waltz Cosy Evening Morning Parade
Mosaic Meadow Lullaby Warmth Echo Harmony Market Holiday Promise Postcard Memory Path Lane Hour Sunday Retreat
Haven Hearth Bouquet Kaleidoscope Festival Journey Whisper Treat Keepsake Heirloom Corner Cabin Attic Party
Spell Charm Tale Note Chorus Rhythm Glow Spark Blocks Tiles Stripes Rounds Edges Ripple Bloom Drift Tide
""")
NAMES = apart("""
Evening_Squares Quiet_Corners Round_by_Round Four_Corners Sunday_Squares Soft_Geometry Kitchen_Table
Window_Light Slow_Afternoon Warm_Hands Little_Tiles Old_Friends First_Frost Rainy_Day Long_Way_Home Open_Window
Small_Hours Plain_and_Good Corner_Shop Garden_Gate Sofa_Season Good_Company Scrap_Basket Second_Cup
""")
# The line about a pattern is an opening and a close. {c}: the colour in the middle, {d}: the next, {e}: the outermost,
# {j}: the seam's, {A} {i}: the item. What they say must be so of every sheet that they are drawn for.
OPENINGS = """{C} in the middle
{C} leads and {d} answers
{A} {i} in {c} and {d}
{C} against {d}
{C} beside {d}
{C} with {d} for company
{C}, then {d}
{C} and then {d}
{C} at heart
{C} first
{C} where it begins
{C} in the first round
{C} for warmth
From {c} outwards
It begins in {c}
A start in {c}
A small fire of {c}
Rounds of {c} and {d}
{A} {i} with a {c} heart
{A} {i} that starts with {c}
A calm {i} with {c} in it
A loud {i} with {c} in it
{A} {i} for every day
{A} {i} to grow into
{A} {i} that wants to be used
{A} {i} you can count on
A plain {i} in good colours
Made for long evenings
Good for leftovers
Nothing fancy
Corner by corner
Slow work for quick hands
Something for the hands
Old stitches in new colours
One round after the other
Easy to read and easy to make
No hurry in it""".splitlines()
OPENINGS_OF_SQUARES = """Every square begins in {c}
Squares with {c} in the middle
Square after square of {c} and {d}
A heap of squares in {c} and {d}
Many small hearts of {c}
Quick squares for odd hours
Old-fashioned squares
An old square in new clothes
A square a day""".splitlines()
OPENINGS_OF_TWO_KINDS = """Two kinds of square
One square in two ways
The same rounds with two yarns exchanged
Squares that change their colours
Every square has a brother
Two sorts of square and one pattern""".splitlines()
CLOSES = """{e} around the edge
framed in {e}
{e} on the outside
{e} to end with
{e} all around
{e} has the last word
{e} to keep it together
and {e} last
closed with {e}
finished in {e}
one loud edge
with {d} in it
{d} not far away
and {d} to remember it by
made to be washed and used
made to be mended
made to last
made for a chair by the window
to be made in front of the television
to be used every day
to be given away
easy to carry along
a good first project
as bold as you like
each round counted
with room for your own ideas
with corners that stay where they are
for hands that like to be busy
for you or for a friend
one hook and some patience
a little at a time
round by round
and nothing to hide""".splitlines()
CLOSES_OF_BORDERS = """and a quiet border
bordered in {e}
{e} in the border
with a border of its own
one last round of {e}""".splitlines()
CLOSES_OF_SEAMS = """and {j} where the pieces meet
with {j} at the seams
joined in {j}
{j} in the seams""".splitlines()
