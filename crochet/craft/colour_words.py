"""Colour words of other languages: what Spanish, German, French, Italian, Portuguese and Dutch makers call their yarn.

Words stand in plain letters, without accents. `or` (French gold) and `rot` (German red) are left to longer words: one
is an English conjunction, the other what wool does in a damp cellar; so is `rose`, which is pink in French.
"""

from __future__ import annotations

from collections.abc import Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# An English name | what it is called elsewhere, a low line for a blank. `negr-o-a-os-as`: a stem and its endings.
_ELSEWHERE = """
black | noir-~-e-s-es negr-o-a-os-as ner-o-a-i-e pret-o-a-os-as zwart-~-e
white | blanc-~-he-s-hes-o-a-os-as bianc-o-a-hi-he branc-o-a-os-as wit-~-te
gray | gris-~-e-es grigi-o-a-e cinz-a-as-ento-enta grijs grijze
red | rouge-~-s roj-o-a-os-as ross-o-a-i-e vermelh-o-a-os-as encarnad-o-a rood rode
pink | rosa rosad-o-a-os-as roze cor_de_rosa color_rosa
orange | naranja arancion-e-i aranciat-o-a laranja oranje
yellow | jaune-~-s amarill-o-a-os-as giall-o-a-i-e amarel-o-a-os-as geel gele
green | vert-~-e-s-es verd-e-es-i groen-~-e
blue | bleu-~-e-s-es azul azules azuis blu blauw-~-e
purple | morad-o-a-os-as lila viola viola rox-o-a-os-as paars-~-e
brown | brun-~-e-s-es marron marrones marron-e-i marrom castanh-o-a-os-as bruin-~-e
turquoise | turquesa turchese turkoois turkis
cream | creme crema color_crema roomwit panna
violet | violett-~-e-i violeta violetas violet violets
lilac | lilas lilla lilas_clair
beige | bege beis
mustard | mostaza moutarde jaune_moutarde amarillo_mostaza senape giallo_senape mostarda amarelo_mostarda mosterd \
mosterdgeel mosterdgele verde_mostaza
burgundy | burdeos borgona granate rojo_burdeos rojo_vino rouge_bordeaux lie_de_vin bordo rosso_bordeaux vinho_tinto \
bordeauxrood bordeauxrode wijnrood wijnrode rouge_vin
gold | dorad-o-a-os-as dore-~-e-s-es dorat-o-a-i-e dourad-o-a-os-as goud gouden oro
silver | platead-o-a-os-as argent argente-~-e-s-es argentat-o-a-i-e pratead-o-a-os-as zilver zilveren plata argento
navy | azul_marino bleu_marine blu_marino blu_navy azul_marinho marineblauw marineblauwe
sky blue | celeste celestes azul_cielo bleu_ciel azzurr-o-a-i-e azul_ceu azul_celeste hemelsblauw hemelsblauwe
royal blue | azul_rey azul_real bleu_roi blu_reale koningsblauw koningsblauwe
midnight blue | azul_noche bleu_nuit blu_notte azul_noite nachtblauw nachtblauwe
baby blue | azul_bebe bleu_layette
teal | bleu_canard verde_azulado blauwgroen
petrol | azul_petroleo bleu_petrole verde_petrolio blu_petrolio
ice blue | azul_hielo bleu_glacier bleu_glace ijsblauw
seafoam | verde_agua vert_d_eau verde_acqua
olive green | verde_oliva vert_olive verde_azeitona olijfgroen olijfgroene
bottle green | verde_botella vert_bouteille verde_bottiglia verde_garrafa flesgroen flesgroene
mint green | verde_menta vert_menthe mintgroen mintgroene
lime green | verde_lima vert_anis verde_limao limoengroen
emerald green | verde_esmeralda vert_emeraude verde_smeraldo smaragdgroen
moss green | verde_musgo vert_mousse verde_muschio mosgroen mosgroene
sage green | verde_salvia vert_sauge saliegroen
forest green | verde_bosque vert_foret verde_bosco verde_floresta bosgroen
pine green | verde_pino vert_sapin dennengroen
khaki green | verde_kaki vert_kaki verde_militar verde_cachi
grass green | verde_hierba vert_prairie vert_gazon verde_prato grasgroen
dusty pink | rosa_palo vieux_rose rose_poudre rosa_antico rosa_velho oudroze
fuchsia | fucsia rose_fuchsia
light pink | rose_clair rose_pale rosa_claro rosa_pastel rosa_chiaro lichtroze
dark pink | rose_fonce rosa_oscuro rosa_escuro donkerroze
coral | corail corallo koraal
salmon | saumon salmone salmao zalm zalmroze
ochre | ocre ocra oker okergeel
terracotta | terracota terre_cuite barro_cocido
rust | rouille ruggine ferrugem roest roestbruin
charcoal | gris_antracita antracita gris_anthracite anthracite antracite grigio_antracite grafite antraciet gris_carbon
pearl gray | gris_perla gris_perle grigio_perla cinza_perola parelgrijs
ivory | marfil ivoire avorio marfim ivoor
ecru | crudo ecrue crema_natural
sand | color_arena sabbia areia zandkleur zandkleurig
off white | blanco_roto blanc_casse bianco_sporco bianco_panna branco_sujo gebroken_wit
lemon yellow | amarillo_limon jaune_citron giallo_limone citroengeel
sunny yellow | amarillo_sol jaune_soleil giallo_sole zonnegeel
plum | rouge_prune color_ciruela pruimpaars
aubergine | berenjena melanzana beringela
copper | cobre cuivre rame koper
chocolate | marron_chocolate marrone_cioccolato
"""
# German colours take endings, and words that go before them without a blank.
_GERMAN = """
black schwarz, white weiss, gray grau, yellow gelb, green grun, blue blau, purple lila, purple violett, brown braun
turquoise turkis, silver silbern, gold goldfarben, mustard senfgelb, mustard senf, mustard senffarben
burgundy weinrot, burgundy bordeauxrot, navy marineblau, sky blue himmelblau, royal blue konigsblau
midnight blue nachtblau, olive green olivgrun, bottle green flaschengrun, mint green mintgrun, moss green moosgrun
pine green tannengrun, forest green waldgrun, grass green grasgrun, apple green apfelgrun, sage green salbeigrun
emerald green smaragdgrun, dusty pink altrosa, pink rosa, pink rosafarben, salmon lachsrosa, salmon lachsfarben
brick red ziegelrot, rust red rostrot, rust rostfarben, rust rostbraun, copper kupferfarben, charcoal anthrazit
ivory elfenbein, ivory elfenbeinfarben, sand sandfarben, lilac fliederfarben, raspberry himbeerrot, cherry red kirschrot
coral koralle, coral korallenrot, lemon yellow zitronengelb, sunny yellow sonnengelb, ochre ocker, ochre ockergelb
ice blue eisblau, dusty blue taubenblau, denim blue jeansblau, sage green salbei, off white naturweiss
off white wollweiss, off white cremeweiss, snow white schneeweiss, scarlet feuerrot, beige beigefarben
cream cremefarben, orange orangefarben, petrol petrolfarben, apricot aprikosenfarben, peach pfirsichfarben
silver silberfarben, silver silber, red rotes, red roter, red rote, red roten, red rotem
"""
_ENDINGS = ("", "e", "er", "es", "en", "em", "tone", "tonen")
_BEFORE = {"dunkel": "dark", "hell": "light", "tief": "deep", "blass": "pale", "zart": "pale", "knall": "bright"}
_DUTCH_BEFORE = {"donker": "dark", "licht": "light", "fel": "bright", "helder": "bright", "zacht": "pale"}
_DUTCH = {
    "blue": "blauw blauwe", "green": "groen groene", "gray": "grijs grijze", "red": "rood rode", "pink": "roze",
    "yellow": "geel gele", "purple": "paars paarse", "brown": "bruin bruine", "orange": "oranje",
}  # fmt: skip
# Behind the colour: `verde oscuro`, `bleu clair`.
AFTER: dict[str, str] = {
    word: shade
    for shade, words in {
        "dark": "oscuro oscura oscuros oscuras fonce foncee fonces foncees scuro scura scuri scure escuro escura",
        "light": "claro clara claros claras clair claire clairs claires chiaro chiara chiari chiare",
        "pale": "palido palida pallido pallida",
        "bright": "vivo vif vive acceso accesa brillante intenso",
    }.items()
    for word in words.split()
}
# Only beside one of these is `rot` red.
GERMAN = _words("""
    und mit eine ein einen einer in aus decke kissen schal tasche farben schwarz weiss blau gelb grun grau
    babydecke topflappen fur weisse weisser weisses ohne kein""")


def translated() -> dict[str, str]:
    """Every such word, in plain letters -> the English name or shade and name."""
    found: dict[str, str] = {}
    for line in _ELSEWHERE.replace("\\\n", "").strip().splitlines():
        name, words = line.split(" | ")
        for word in words.split():
            stem, *endings = word.replace("_", " ").split("-")
            found |= {f"{stem}{ending}".removesuffix("~"): name for ending in endings or [""]}
    for entry in _GERMAN.replace("\n", ",").split(","):
        if entry.strip():
            name, stem = entry.strip().rsplit(" ", 1)
            found |= dict(_inflected(stem, name))
    found |= {f"{before}rot{ending}": f"{shade} red" for before, shade in _BEFORE.items() for ending in _ENDINGS}
    for before, shade in _DUTCH_BEFORE.items():
        found |= {f"{before}{word}": f"{shade} {name}" for name, words in _DUTCH.items() for word in words.split()}
    return found


def _inflected(stem: str, name: str) -> Iterator[tuple[str, str]]:
    """A German colour with its endings, and the same darker and lighter."""
    for ending in _ENDINGS:
        yield f"{stem}{ending}", name
        yield from ((f"{before}{stem}{ending}", f"{shade} {name}") for before, shade in _BEFORE.items())
