"""Colour names: what makers call their yarn, and the hex we show for it.

Two tables. CSS has the names of the web's standard; YARN has everyday names, and wins where both know a name: yarn is
dyed wool, not a lit screen, so its red is no #FF0000. THINGS are names that are as often a thing as a colour.
"""

from __future__ import annotations


def _table(text: str) -> dict[str, str]:
    """`name RRGGBB, name RRGGBB` as a dict of name to `#RRGGBB`."""
    pairs = (entry.strip().rsplit(" ", 1) for entry in text.replace("\n", ",").split(",") if entry.strip())
    return {name: f"#{code}" for name, code in pairs}


# The names of CSS Color Module Level 4, with their words apart; `colours` knows the closed-up spelling too.
CSS = _table("""
alice blue F0F8FF, antique white FAEBD7, aqua 00FFFF, aquamarine 7FFFD4, azure F0FFFF, beige F5F5DC, bisque FFE4C4
black 000000, blanched almond FFEBCD, blue 0000FF, blue violet 8A2BE2, brown A52A2A, burly wood DEB887
cadet blue 5F9EA0, chartreuse 7FFF00, chocolate D2691E, coral FF7F50, cornflower blue 6495ED, corn silk FFF8DC
crimson DC143C, cyan 00FFFF, dark blue 00008B, dark cyan 008B8B, dark goldenrod B8860B, dark gray A9A9A9
dark green 006400, dark khaki BDB76B, dark magenta 8B008B, dark olive green 556B2F, dark orange FF8C00
dark orchid 9932CC, dark red 8B0000, dark salmon E9967A, dark sea green 8FBC8F, dark slate blue 483D8B
dark slate gray 2F4F4F, dark turquoise 00CED1, dark violet 9400D3, deep pink FF1493, deep sky blue 00BFFF
dim gray 696969, dodger blue 1E90FF, fire brick B22222, floral white FFFAF0, forest green 228B22, fuchsia FF00FF
gainsboro DCDCDC, ghost white F8F8FF, gold FFD700, goldenrod DAA520, gray 808080, green 008000, green yellow ADFF2F
honeydew F0FFF0, hot pink FF69B4, indian red CD5C5C, indigo 4B0082, ivory FFFFF0, khaki F0E68C, lavender E6E6FA
lavender blush FFF0F5, lawn green 7CFC00, lemon chiffon FFFACD, light blue ADD8E6, light coral F08080
light cyan E0FFFF, light goldenrod yellow FAFAD2, light gray D3D3D3, light green 90EE90, light pink FFB6C1
light salmon FFA07A, light sea green 20B2AA, light sky blue 87CEFA, light slate gray 778899, light steel blue B0C4DE
light yellow FFFFE0, lime 00FF00, lime green 32CD32, linen FAF0E6, magenta FF00FF, maroon 800000
medium aquamarine 66CDAA, medium blue 0000CD, medium orchid BA55D3, medium purple 9370DB, medium sea green 3CB371
medium slate blue 7B68EE, medium spring green 00FA9A, medium turquoise 48D1CC, medium violet red C71585
midnight blue 191970, mint cream F5FFFA, misty rose FFE4E1, moccasin FFE4B5, navajo white FFDEAD, navy 000080
old lace FDF5E6, olive 808000, olive drab 6B8E23, orange FFA500, orange red FF4500, orchid DA70D6
pale goldenrod EEE8AA, pale green 98FB98, pale turquoise AFEEEE, pale violet red DB7093, papaya whip FFEFD5
peach puff FFDAB9, peru CD853F, pink FFC0CB, plum DDA0DD, powder blue B0E0E6, purple 800080, rebecca purple 663399
red FF0000, rosy brown BC8F8F, royal blue 4169E1, saddle brown 8B4513, salmon FA8072, sandy brown F4A460
sea green 2E8B57, seashell FFF5EE, sienna A0522D, silver C0C0C0, sky blue 87CEEB, slate blue 6A5ACD, slate gray 708090
snow FFFAFA, spring green 00FF7F, steel blue 4682B4, tan D2B48C, teal 008080, thistle D8BFD8, tomato FF6347
turquoise 40E0D0, violet EE82EE, wheat F5DEB3, white FFFFFF, white smoke F5F5F5, yellow FFFF00, yellow green 9ACD32
""")

# Everyday names, family by family. The values are our own judgement of the shade a maker would reach for.
YARN = _table("""
black 111111, off black 1C1B1A, jet black 0E0E10, jet 0E0E10, ebony 2A2522, coal 25262A, onyx 1D1F22, ink 1E2430
charcoal 3B3F45, graphite 4A4D52, slate 5B6770, pewter 7D8186, steel 71797E, gunmetal 4C5559, iron 54565A, ash A9ABA6
smoke 9A9EA1, dove F0EDE8, dove gray B4B2AE, pearl EAE6DD, pearl gray C4C5C1, stone B5AA98, pebble 9E978C
cloud DDE1E4, fog C7CCCF, mist CDD6D8, storm 5A6673, storm gray 5A6673, silver gray BBBDBF, light gray CDCFD0
dark gray 55585C, medium gray 8C8F92, warm gray A39B93, cool gray 969CA3, blue gray 7C8FA0, heather gray A7A5A8
gray 87898C, silver C0C2C5, tin 8F9396, moonstone B3BEC4

white FFFFFF, off white F7F3E9, soft white F6F2EA, snow white FBFBF9, winter white F3EFE4, antique cream EFE3C8
cream F6EBD0, ivory F8F3E0, ecru E4D7BD, natural E9DEC8, oatmeal D9C8AB, oat DCCDB3, bone E6DCC9, eggshell F0E8D6
vanilla F3E5BD, milk F9F6EE, buttermilk F6EBC0, linen E9DFCD, parchment EEE2C6, porridge D8CBB3, chalk F1EFE8
alabaster EDE8DE, champagne F1DFC1, almond E8D3B9, wool E8DFCB, sand D8C3A0, dune CBB58F, beige DBC9AB, biscuit D9B98C
mushroom B7A495, taupe 8F7F72, greige B5AA9C, putty C6B79E, buff DDBF8A, fawn C7A27C, camel BD9257, tan C9A678
khaki A89F6F, wheat E3C68F, straw E2CE8A, hay D9C079, flax DCC68E, driftwood A58D75, barley D8BC8B

brown 6F4A2F, light brown A47B56, dark brown 432C1E, chestnut 7F4128, chocolate 4E3024, dark chocolate 3A2319
milk chocolate 7B4F37, cocoa 6F4B3A, coffee 4F382B, mocha 7C5B48, espresso 372620, latte BF9E7B, cappuccino A98B70
caramel B9752F, toffee A5692F, butterscotch DC9A3E, fudge 5C3A2B, cinnamon A4592D, nutmeg 80573C, ginger B9682C
gingerbread 94552C, hazelnut 9A7250, walnut 5D4331, pecan 7A4B2E, acorn 7B5634, mahogany 5B2A22, teak 9B7346
bark 5A4636, peat 40332A, umber 614A3A, earth 6B4F3A, tobacco 77562F, cognac 96502A, copper B0673A, bronze 9A6D35
brass B38F3F, bracken 8A5A2E, fox B85F28, amber D8901F, saddle 8A5A35, mink 8B7465, otter 5F4A3C, sepia 6A4B35
tawny B5652B, russet 8E4527, rust A8482A, rust red 9A3B26, terracotta C0613F, brick 9C4434, brick red 99392F
clay B0704F, adobe BE7551, sienna A0522D, burnt sienna B05A37, paprika B43F27, pumpkin D9731F, pumpkin spice C06A2E

red C8202F, bright red DA2230, dark red 8B1A22, deep red 8E1B26, true red C8202F, cherry red B5172E, cherry A81D36
scarlet CE2A26, crimson B3182D, ruby 9B1B3A, garnet 7A1E2E, cranberry 96213B, raspberry B32A5A, strawberry D7404F
pillar box red CC1F2A, post box red CC1F2A, holly berry A61F2C, holly red A61F2C, christmas red B4202B, poppy D93A2B
tomato D84A34, chilli B5291F, chili B5291F, lipstick C2203F, rose red B92B47, berry 8F2D56, wine 6B2137
burgundy 6A1B2D, claret 731F35, maroon 6B1F2B, bordeaux 5C1A2B, oxblood 5E1A1C, mulberry 7B2D52, blood red 7F1518
merlot 5F1E30, sangria 8A2438, plum wine 5A2440, watermelon E4566A, pomegranate A32A3E, rosewood 7C3A3F
cardinal A81E32, vermilion D9422B, barn red 7E2B24, fire engine red CE2029, beetroot 7A2048

orange E8771E, bright orange F47A1C, dark orange C95F13, burnt orange BF5A1F, light orange F4AE6A, tangerine EE8130
mandarin EC7A2C, clementine EE8A2E, satsuma EC8534, apricot F2B482, peach F6BE98, melon F4A582, cantaloupe F3AD7B
coral EE7661, light coral F29A88, salmon EE8D78, papaya EF8C5A, carrot E4752B, marmalade DB7A1C, persimmon DE6030
nectarine EA7E55, flame E2552B, sunset EC7A55, ember C24A24, shrimp F1A18C, mango F2A33C, saffron E5A220

yellow F4CF3A, bright yellow FADB28, light yellow F7E999, pale yellow F6EDB4, dark yellow CFA51E, lemon F4E35E
lemon yellow F4E35E, butter F5E3A0, butter yellow F5E3A0, buttercup F3CC3C, daffodil F6D33B, canary F7E04B
primrose F1E4A2, sunflower F0B927, sunshine F7CF3F, sunny yellow F7CF3F, mustard D0A02C, mustard yellow D0A02C
ochre C28E2C, gold D1A233, old gold B38B2E, antique gold A98638, golden yellow EDB52F, golden D9A53A, honey DDA540
honeycomb D89B33, marigold EBA42A, corn EFCB60, maize ECCB62, banana F4E08B, custard F2DE94, pineapple F0D35C
dandelion F1C636, turmeric D79A1E, curry C6942E, chartreuse BFCB3B, citrine D5C135, citron D8D24E, goldenrod D29B23

green 3C8147, bright green 3FA34D, light green A6CFA0, dark green 1F4A33, deep green 1D4B37, pale green C3DEBD
bottle green 12402F, racing green 14432F, british racing green 14432F, forest 2C5A3C, forest green 2B5B3B
hunter green 2F5540, hunter 2F5540, pine 2B5547, pine green 2B5547, fir 2A4E3D, spruce 315A52, evergreen 2A553F
holly 28563A, holly green 28563A, christmas green 1F6B3F, ivy 3F6149, fern 66904F, fern green 66904F, moss 7E8C4A
moss green 7E8C4A, olive 7A7B3B, olive green 71753C, army green 5A5F3A, sage A3B18A, sage green A3B18A, thyme 82916F
eucalyptus 8FAF9B, rosemary 6C7F68, basil 5F7A43, leaf 6DA14A, leaf green 6DA14A, grass 5FA044, grass green 5FA044
meadow 76A75B, apple 96BF4C, apple green 96BF4C, lime A9CB3A, lime green A2CB36, kiwi 97B64A, pear C3CF6A
pistachio B9CF93, avocado 73833C, pea green 9DB04E, mint A9DCC0, mint green A9DCC0, peppermint BFE3D1, spearmint 83CDA6
seafoam A4D9C4, seafoam green A4D9C4, sea green 4C9A80, jade 3C9A78, emerald 1E8A5A, emerald green 1E8A5A
kelly green 2C9A45, shamrock 2E9B57, malachite 1F9463, clover 4B8F4E, celery C4D59A, cactus 6B8C5A, lichen A5AF8E
khaki green 7C7C4A, laurel 64876B, juniper 4F6F60, artichoke 8B9878, seaweed 3F5A4A, willow A7B58A, artemisia 9AA893
jungle green 2C7E5A, neon green 6FE23A, cucumber 7FA663, matcha AEBB6E, verdigris 5FA391, celadon B2D0B0

teal 1F7F83, dark teal 125558, light teal 7DBBBB, petrol 0F5360, petrol blue 0F5360, turquoise 3FBFBF
light turquoise 97DCD9, aqua 79D0D0, aquamarine 8CDCC4, cyan 35B7CF, lagoon 2F9EAA, peacock 14717F, peacock blue 14717F
duck egg C3DAD4, duck egg blue C3DAD4, robin egg blue 8FD2D6, ocean 20688A, deep ocean 144A66, sea 3C8AA0, surf 8CC8CC
kingfisher 147D94, caribbean 23A6B0, mallard 12564F, glacier BCD9E0, ice C9E4EA, ice blue C9E2EC

blue 2F62B0, bright blue 2468D0, light blue A7CBE6, dark blue 1E2F63, deep blue 1B3674, pale blue C5DCEB
baby blue B5D5EC, powder blue BBD3E0, sky 8FC3E6, sky blue 8FC3E6, cornflower 7396D6, cornflower blue 7396D6
bluebell 7480C4, forget me not 83A8DC, delft 355490, delft blue 355490, denim 4A6A8F, denim blue 4A6A8F, jeans 5A7796
navy 1B2748, navy blue 1B2748, midnight 171C36, midnight blue 1A2145, indigo 36356E, royal blue 2A49A8, royal 2A49A8
cobalt 2147A0, cobalt blue 2147A0, ultramarine 2B3BA0, sapphire 1F4C8F, electric blue 1F6FEB, azure 3E90D6
cerulean 3A8FBE, french blue 5679B0, dusty blue 8BA5BC, dusky blue 7A92AA, steel blue 5B84A8, slate blue 61749B
airforce blue 5D7A94, air force blue 5D7A94, wedgwood 7F9CC4, wedgwood blue 7F9CC4, china blue 4F77B0, bluebird 3C78B4
blueberry 404A7C, oxford blue 14284F, cambridge blue A3C1AD, ink blue 22335A, prussian blue 183A57, lake 4C88A8
nordic blue 4B6E8C, winter sky A9BFD0, rain 8AA0B0, hydrangea 8E9FD0, chambray 7390B0, periwinkle 9AA1DC
marine 1F4666, iceberg D3E5EC, blue jean 52708F

purple 6C3F93, light purple B79AD0, dark purple 40265C, deep purple 412262, pale purple D4C4E2, bright purple 8A3FBF
lavender C3B5DE, lilac CBB0D8, pale lilac DCCBE5, mauve B58FA8, heather A08BA5, thistle BEA9C6, violet 7B4FA8
wisteria A893CC, iris 6A5CB0, amethyst 8D62B0, plum 6E2F5B, damson 4E2747, aubergine 3F2440, eggplant 3F2440
grape 5B3173, blackberry 3E2743, blackcurrant 3D2240, orchid BC7CC4, crocus 8A68B8, pansy 5A2E8A, royal purple 5A2F93
dusty purple 8B7396, dusty lilac AF9BB4, hyacinth 7A78C0, fig 5A3A4C, elderberry 4A2B48, mulled wine 5C2740
byzantium 6C2B66, magenta B5267B, fuchsia C72C88, cerise CB2A63, boysenberry 6E2A4E, clematis 7656A8

pink F0A3B8, bright pink F2599A, light pink F6C6D0, dark pink C84D7B, pale pink F8DADF, deep pink D63A78
baby pink F6CBD5, hot pink FF1493, neon pink FF4FA0, shocking pink F01E83, bubblegum F48FB8, bubblegum pink F48FB8
candy pink F278A3, candyfloss F7B9D2, cotton candy F7B9D2, candy floss F7B9D2, rose D9667F, rose pink E58AA0
dusty rose C98F93, dusky rose BC7F86, dusty pink D3A3A6, dusky pink C9969C, old rose B9757E, antique rose B77A7E
ballet pink F3D3D4, ballet slipper F3D3D4, blush EFC7C0, blush pink EFC7C0, powder pink F2D3D3, shell pink F5D0C5
shell F3DCCB, flamingo F2879A, flamingo pink F2879A, peony DE6A94, carnation EE8CA4, carnation pink EE8CA4
azalea E05A8C, geranium DC3A50, begonia EE6F73, cherry blossom F5C3D0, rhubarb C4586B, raspberry pink CC3F77
salmon pink F29A8F, coral pink F08A80
rose gold CF9A8B, orchid pink E2A5C8, petal F1C6CB, petal pink F1C6CB
sorbet F0A0A8, strawberry pink EE7A8C, foxglove B8588F, heather pink C08DA3, sugar pink F6B3CB, neon yellow E6F52B
neon orange FF6B1C
""")

# As often the theme of a blanket as its yarn ("rose garden", "honey bees"): whoever reads a wish decides.
_THINGS = """
acorn almond amber apple apricot ash avocado azalea banana bark barley basil berry blackberry blueberry bone
bracken brass brick bronze butter buttercup butterscotch cactus cappuccino caramel cardinal caribbean carrot
celery cherry chestnut chocolate cinnamon clay clematis clementine cloud clover coal cocoa coffee copper
coral corn cotton_candy cranberry cream crocus cucumber curry custard daffodil damson dandelion dove
driftwood dune earth eggplant eggshell elderberry ember emerald espresso eucalyptus evergreen fern fig fir
flame flamingo flax fog forest fox foxglove fudge garnet geranium ginger gingerbread glacier gold golden
grape grass hay hazelnut heather holly honey honeycomb hunter hyacinth hydrangea ice iceberg ink iris iron
ivory ivy jade jeans jet juniper kingfisher kiwi lagoon lake latte laurel lavender leaf lemon lichen lilac
lime linen lipstick maize mallard mandarin mango marigold marine marmalade matcha meadow melon midnight milk
mink mint mist moccasin mocha moss mulberry mushroom natural nectarine nutmeg oat oatmeal ocean olive onyx
orange orchid otter pansy papaya paprika parchment peach peacock pear pearl peat pebble pecan peony
peppermint persimmon peru petal pewter pine pineapple pistachio plum pomegranate poppy porridge primrose
pumpkin pumpkin_spice rain raspberry rhubarb rose rosemary royal ruby russet rust saddle saffron sage salmon
sand sangria sapphire satsuma sea seashell seaweed shamrock shell shrimp silver sky smoke snow snow_white
sorbet spearmint spruce steel stone storm straw strawberry sunflower sunset sunshine surf tangerine teak
thistle thyme tin toffee tomato turmeric vanilla violet walnut watermelon wheat willow wine wisteria wool
"""
THINGS = frozenset(name.replace("_", " ") for name in _THINGS.split())
