"""measure_words: numbers, rounds, squares, sizes, yarns and terms in six languages, in plain letters, as patterns."""

from __future__ import annotations

# The articles (`a`, `una`, `ein`) are left out: `eine Granny-Decke` is not one square.
NUMBERS: dict[str, int] = {
    word: number
    for number, said in enumerate(
        """zero cero null
one eins
two dos zwei deux due dois duas twee
three tres drei trois tre drie
four cuatro vier quatre quattro quatro
five cinco funf fuenf cinq cinque vijf
six seis sechs sei zes
seven siete sieben sept sette sete zeven
eight ocho acht huit otto oito
nine nueve neun neuf nove negen
ten diez zehn dix dieci dez tien
eleven once elf onze undici
twelve doce zwolf zwoelf douze dodici doze twaalf
thirteen trece dreizehn treize tredici treze dertien
fourteen catorce vierzehn quatorze quattordici catorze veertien
fifteen quince funfzehn quinze quindici vijftien
sixteen dieciseis sechzehn seize sedici dezesseis zestien
seventeen diecisiete siebzehn diciassette dezessete zeventien
eighteen dieciocho achtzehn diciotto dezoito achttien
nineteen diecinueve neunzehn diciannove dezenove negentien
twenty veinte zwanzig vingt venti vinte twintig""".splitlines()
    )
    for word in said.split()
} | {"a dozen": 12, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "a hundred": 100, "a thousand": 1000}
ROUNDS = (
    "rounds?|rnds?|rds|vueltas?|rondas?|runden?|reihen runden|tours?|rangs?|giri|giro|voltas?|carreiras?|toeren|toer"
    "|rondes?|rondjes?|layers?"
)
SQUARES = (
    "squares?", "grannies", "granny squares?", "blocks", "motifs?", "patches", "cuadrad(?:o|ito)s?", "quadrate?",
    "carres?", "quadrati", "quadrad(?:o|inho)s", "vierkant(?:en|jes)?", "mattonelle", "lapjes", "hexagons?",
    "triangles",
)  # fmt: skip
SQUARE_KINDS = (
    "granny|solid|big|large|small|little|tiny|crochet|classic|different|of|single|kleine|pequenos|petits|whole"
)
ONE_PIECE = r"\bone piece\b|\bein einziges quadrat\b|\bun solo cuadrado\b"
BY = "x|by|times|mal|por|per|op|bij|fois|auf"
HOOK = "(?:hooks?|nadel|hakelnadel|ganchillo|crochet|uncinetto|agulha|haaknaald)"
HOOK_SIZE = "(?: size| nr| no| number| de)?"
HOOK_LETTER = "[b-npq]"
COLOURS = "colou?rs?|colores|color|farben|couleurs|colori|cores|kleuren|yarns|shades|lanas|laines|tones?"
TWO_COLOURS = (
    "two[ -]?tone[ds]?|bi[ -]?colou?r(?:ed|e)?|zweifarbig\\w*|bicolores?|due colori|tweekleurig\\w*|bicromatic\\w*"
)
THREE_COLOURS = "three[ -]?tone|tri[ -]?colou?r(?:ed)?|dreifarbig\\w*|tricolore?s|driekleurig\\w*"
ONE_COLOUR = (
    "(?:one|single|1)[ -]colou?r(?:ed)?|einfarbig\\w*|unicolou?r|monocolor|unifarben|tinta unita|effen|eenkleurig\\w*"
    "|(?:de |in |d )?une? (?:solo color|seule couleur)|un solo colore|(?:de )?uma so cor|de un color|all one colou?r"
    "|solid colou?r(?:ed)?"
)
TONAL = (
    "(?:different |many |several |all )?(?:shades|tones|hues|kinds) of|tonal|monochrom(?:e|atic|atico)?|ombre"
    "|(?:tonos|matices) de|tons de|nuances de|tonalita di|tinten|(?:verschiedene )?"
    "(?:blau|grun|rot|grau|rosa|braun|gelb)tonen?|gradient|ton in ton"
)
# name -> (as it is written, inches)
UNITS: dict[str, tuple[str, float]] = {
    word: (unit, inches)
    for unit, inches, said in (
        ("in", 1.0, "in inch inches \" '' zoll pulgadas pouces pollici polegadas duim"),
        ("in", 12.0, "ft feet foot ' fuss pies pieds piedi pes voet"),
        ("cm", 1 / 2.54, "cm cms centimeter centimeters centimetre centimetres centimetros zentimeter centimetri"),
        ("cm", 100 / 2.54, "m meter meters metre metres metros metri mts"),
        ("cm", 0.1 / 2.54, "mm millimeter millimetres millimeters"),
    )
    for word in said.split()
}
_BED = "(?:bed|blanket|size[ds]?|quilt|mattress|bedspread|throw|afghan|coverlet)"
SIZES = {
    "king": rf"king[ -]?size[ds]?(?: bed)?|king {_BED}|size king|super king|cama king",
    "queen": rf"queen[ -]?size[ds]?(?: bed)?|queen {_BED}|size queen|cama queen",
    "full": rf"double bed|full[ -]?size[ds]?(?: bed)?|full {_BED}|doppelbett\w*|cama doble|cama matrimonial"
    "|cama de matrimonio|lit double|lit deux places|lit 2 places|letto matrimoniale|cama de casal|tweepersoons\\w*",
    "twin": rf"single bed|twin {_BED}|twin[ -]?size[ds]?|einzelbett\\w*|cama individual|lit simple|lit une place"
    "|letto singolo|cama de solteiro|eenpersoons\\w*|bunk beds?",
    "crib": "crib|cribs|cot|cots|toddler bed|moses basket|bassinet|cuna|babybett|kinderbett|gitterbett|berceau"
    "|lit bebe|lit de bebe|culla|berco|wieg|ledikant",
    "stroller": "stroller|pram|buggy|pushchair|car seat|kinderwagen|poussette|passeggino|cochecito|carrinho de bebe"
    "|maxi cosi",
    "lap": "lap[ -]size[ds]?|lap|wheelchair|rollstuhl|silla de ruedas|fauteuil roulant",
    "lovey": "lovey[ -]size[ds]?",
    "afghan": "afghan[ -]size[ds]?",
    "throw": "throw(?! (?:pillow|cushion))s?|throw[ -]size[ds]?",
}
YARN = "yarns?|weight|wool|thread|cotton|garn|wolle|lana|laine|fil|hilo|filato|filo|fio|la|wol|garen"
SURE_WEIGHTS = (
    "super[ -]?chunky", "super[ -]?bulky", "chunky", "bulky", "aran", "worsted", "dk", "double[ -]knit(?:ting)?",
    "fingering", "(?:2|4|5|8|10|12|14)[ -]?ply", "laceweight", "cobweb", "roving", "superfine",
)  # fmt: skip
WEIGHTS = (
    "lace", "super fine", "fine", "light", "medium", "jumbo", "sock", "sport", "baby", "afghan", "craft", "rug",
    "giant", "thread", "light worsted",
)  # fmt: skip
OTHER_WEIGHTS = {
    "bulky": "dicke wolle|dickes garn|dicker wolle|grosse laine|laine epaisse|lana gorda|lana gruesa|hilo grueso"
    "|lana grossa|la grossa|fio grosso|dikke wol|dik garen|thick (?:yarn|wool)",
    "super fine": "sockenwolle|sockengarn|sokkenwol|laine a chaussettes|lana para calcetines|lana per calzini",
    "fine": "dunne wolle|dunnes garn|feines garn|laine fine|fil fin|lana fina|hilo fino|filo sottile|fio fino|dunne wol"
    "|thin (?:yarn|wool)",
}
_TERMS = (
    "(?:[ -](?:crochet|style))?[ -]"
    "(?:terms?|terminology|notation|abbreviations?|stitch(?:es)?|pattern|terminos|begriffe|termen)"
)
UK = (
    f"(?:uk|u\\.k\\.|british|english){_TERMS}|uk(?! flag)|terminos (?:britanicos|ingleses|uk)|britische\\w* begriffe?n?"
    "|termes anglais|termini inglesi|engelse termen|termos ingleses"
)
US = (
    f"(?:us|u\\.s\\.|usa|american){_TERMS}|terminos (?:americanos|us)|amerikanische\\w* begriffe?n?|termes americains"
    "|termini americani|amerikaanse termen|termos americanos"
)
