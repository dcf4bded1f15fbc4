"""What the demo studio consists of: data, no code. Every person, address and organisation is invented."""

from dataclasses import dataclass
from datetime import timedelta

from accounts.actions.campaigns import Letter
from accounts.roles import Role
from galleries.models import Client
from privacy.declarations import Recipient
from shop.models import Product
from shop.states import State

from .figures import Figure, grown_up, player, pupil


@dataclass(frozen=True)
class Sitter:
    """One subject: its number on the card, who it is, and how many portraits were taken."""

    number: str
    family: str
    figure: Figure
    portraits: int = 2


@dataclass(frozen=True)
class Party:
    """A group of sitters with its group photos; without a name they only have portraits."""

    name: str
    sitters: tuple[Sitter, ...]
    leaders: tuple[Figure, ...] = ()
    group_photos: int = 0


@dataclass(frozen=True)
class Liaison:
    """Whom the studio speaks to at a client, and what they wrote; without a text they wrote nothing yet."""

    name: str
    role: str
    email: str
    phone: str
    wrote: str = ""


@dataclass(frozen=True)
class Shoot:
    """One assignment of one client. `published_ago` is empty for the one that still waits to be published: its terms
    were not accepted yet, so that the checklist has something to say."""

    key: str
    kind: str
    client: str
    email: str
    address: tuple[str, str, str]
    kvk_number: str
    liaison: Liaison
    title: str
    parties: tuple[Party, ...]
    published_ago: timedelta | None

    @property
    def sitters(self) -> list[Sitter]:
        return [sitter for party in self.parties for sitter in party.sitters]


@dataclass(frozen=True)
class Buyer:
    """Who ordered, as typed at the checkout."""

    name: str
    street: str
    postcode: str
    city: str
    email: str
    phone: str
    salutation: str = ""
    note: str = ""


@dataclass(frozen=True)
class Purchase:
    """One order: whose code, what of which of its photos (by order of the gallery), and how far it is."""

    number: str
    buyer: Buyer
    lines: tuple[tuple[int, str, int], ...]
    method: str
    placed_ago: timedelta
    state: State


@dataclass(frozen=True)
class AskedAway:
    """A group photo that somebody with this number's code wants to be taken off, and what they said about it."""

    number: str
    note: str
    asked_ago: timedelta


@dataclass(frozen=True)
class Colleague:
    """One member of staff. The password is printed: it opens a demo and nothing else."""

    name: str
    email: str
    password: str
    role: Role | None


@dataclass(frozen=True)
class Partner:
    """A company that receives data from the studio, and where its agreement is kept."""

    category: Recipient
    name: str
    task_nl: str
    task_en: str
    agreement: str
    ends_in: timedelta | None = None


def _sitters(first: int, families: tuple[str, ...], start: int) -> tuple[Sitter, ...]:
    return tuple(
        Sitter(str(first + place), family, pupil(start + place), portraits=4 if family == "Duin" else 2)
        for place, family in enumerate(families)
    )


SCHOOL = Shoot(
    key="school",
    kind=Client.Kind.SCHOOL,
    client="Basisschool De Papieren Boot",
    email="administratie@papierenboot.example",
    address=("Kartonkade 7", "1234 AA", "Verzonnen"),
    kvk_number="00000001",
    liaison=Liaison(
        "Greetje Papier",
        "administratie",
        "greetje@papierenboot.example",
        "0100 00 00 11",
        wrote="Goedemorgen, groep 4a begint om negen uur en 6b na de pauze. De kaartjes mogen naar mij. Groet, Greetje",
    ),
    title="Schoolfoto’s De Papieren Boot",
    parties=(
        Party(
            "4a",
            _sitters(101, ("Duin", "Schelp", "Helm", "Meeuw", "Wad", "Haven", "Zeil", "Anker"), 0),
            leaders=(grown_up(0),),
            group_photos=2,
        ),
        Party(
            "6b",
            _sitters(109, ("Duin", "Kwal", "Vlieger", "Branding", "Baken", "Kreek", "Gors", "Eb"), 8),
            leaders=(grown_up(1),),
            group_photos=2,
        ),
        # With these four there are twenty, so that the quality of the assignment can be measured (P20).
        Party("8c", _sitters(117, ("Schuit", "Stern", "Krab", "Dijk"), 16), leaders=(grown_up(1),), group_photos=1),
    ),
    published_ago=timedelta(days=5),
)
CLUB = Shoot(
    key="club",
    kind=Client.Kind.SCHOOL,
    client="v.v. De Zandkastelen",
    email="secretaris@zandkastelen.example",
    address=("Duinpad 2", "1234 AB", "Verzonnen"),
    kvk_number="00000002",
    liaison=Liaison("Stef Schep", "leider JO9", "stef@zandkastelen.example", "0100 00 00 12"),
    title="Teamfoto’s De Zandkastelen",
    parties=(
        Party(
            "JO9",
            tuple(
                Sitter(str(201 + place), family, player(place))
                for place, family in enumerate(("Strand", "Golf", "Vloed", "Kotter", "Zout", "Mossel"))
            ),
            leaders=(grown_up(2),),
            group_photos=1,
        ),
    ),
    # Its month ends in a few days: what a gallery says then, and what the night will do, can be seen.
    published_ago=timedelta(days=27),
)
OFFICE = Shoot(
    key="office",
    kind=Client.Kind.COMPANY,
    client="Bureau Voorbeeld",
    email="balie@bureauvoorbeeld.example",
    address=("Kantoorlaan 3", "1234 AC", "Verzonnen"),
    kvk_number="00000003",
    liaison=Liaison("Olga Ordner", "officemanager", "olga@bureauvoorbeeld.example", "0100 00 00 13"),
    title="Portretten Bureau Voorbeeld",
    parties=(Party("", tuple(Sitter(str(301 + n), "Bureau Voorbeeld", grown_up(n), portraits=1) for n in range(3))),),
    published_ago=None,
)
SHOOTS = (SCHOOL, CLUB, OFFICE)


@dataclass(frozen=True)
class Ware:
    """A product. The price is in cents, VAT included; sizes are millimetres."""

    key: str
    kind: str
    title_nl: str
    title_en: str
    price_cents: int
    width_mm: int | None = None
    height_mm: int | None = None


WARES = (
    Ware("10x15", Product.Kind.PRINT, "Afdruk 10 × 15 cm", "Print 10 × 15 cm", 495, 100, 150),
    Ware("13x18", Product.Kind.PRINT, "Afdruk 13 × 18 cm", "Print 13 × 18 cm", 695, 130, 180),
    Ware("20x30", Product.Kind.PRINT, "Afdruk 20 × 30 cm", "Print 20 × 30 cm", 1295, 200, 300),
    Ware("30x45", Product.Kind.PRINT, "Afdruk 30 × 45 cm", "Print 30 × 45 cm", 2495, 300, 450),
    Ware("file", Product.Kind.FILE, "Digitaal bestand, volle grootte", "Digital file, full size", 1495),
)

PARTNERS = (
    Partner(Recipient.HOST, "Voorbeeldhosting", "Website en opslag", "Website and storage", "VO-2025-01"),
    Partner(Recipient.MAIL_PROVIDER, "Postduif Mail", "Bezorgt onze mail", "Delivers our mail", "VO-2025-02"),
    Partner(
        Recipient.PRINT_LAB, "Drukkerij Denkbeeld", "Drukt foto’s af", "Prints photos", "VO-2025-03", timedelta(days=40)
    ),
    Partner(Recipient.CARRIER, "Pakketdienst Verzonnen", "Bezorgt afdrukken", "Delivers prints", "VO-2025-04"),
)

# A draft: who tries it out sends it to the demo's own buyers, whose mailbox is the demo's.
CAMPAIGN = Letter(
    category="wall",
    subject_nl="Jouw foto groot aan de muur",
    text_nl="Een foto die je mooi vindt, zie je het liefst elke dag.\n\nWe drukken hem voor je af op 30 × 45 cm, op "
    "stevig papier, klaar om in te lijsten. Je code werkt nog zolang je foto’s bij ons staan.",
    subject_en="Your photo large on the wall",
    text_en="A photo you like is one to see every day.\n\nWe print it for you at 30 × 45 cm, on sturdy paper, ready "
    "for a frame. Your code works for as long as we keep your photos.",
)
PURCHASES = (
    Purchase(
        "102",
        Buyer("Anna Voorbeeld", "Voorbeeldlaan 1", "1234 AB", "Verzonnen", "anna@example.com", "06 00000001"),
        lines=((0, "13x18", 1), (0, "file", 1)),
        method="transfer",
        placed_ago=timedelta(days=2),
        state=State.PLACED,
    ),
    Purchase(
        "104",
        Buyer("Bram Bedacht", "Bedachtplein 2", "1234 AC", "Verzonnen", "bram@example.com", "06 00000002"),
        lines=((1, "20x30", 1), (0, "10x15", 4)),
        method="demo",
        placed_ago=timedelta(days=1, hours=6),
        state=State.PAID,
    ),
    Purchase(
        "110",
        Buyer(
            "Chaima Denkbeeld",
            "Fantasiekade 33",
            "1234 AD",
            "Verzonnen",
            "chaima@example.com",
            "06 00000003",
            note="Graag bij de buren op 35.",
        ),
        lines=((0, "30x45", 1),),
        method="demo",
        placed_ago=timedelta(days=3),
        state=State.IN_PRODUCTION,
    ),
    Purchase(
        "202",
        Buyer("Daan Nergens", "Nergenspad 4", "1234 AE", "Verzonnen", "daan@example.com", "06 00000004"),
        lines=((0, "13x18", 2), (2, "20x30", 1)),
        method="demo",
        placed_ago=timedelta(days=12),
        state=State.SHIPPED,
    ),
    Purchase(
        "204",
        Buyer("Eva Sprookje", "Sprookjesweg 5", "1234 AG", "Verzonnen", "eva@example.com", "06 00000005"),
        lines=((1, "13x18", 1), (1, "file", 1)),
        method="demo",
        placed_ago=timedelta(days=20),
        state=State.DELIVERED,
    ),
)

# What the front desk finds to decide.
ASKED_AWAY = AskedAway("104", "Voorste rij, helemaal links. Liever onherkenbaar.", timedelta(days=1))

COLLEAGUES = (
    Colleague("Frieda Balie", "balie@jkreeft.example", "demo-balie-2026", Role.FRONT_DESK),
    Colleague("Floris Lens", "fotograaf@jkreeft.example", "demo-fotograaf-2026", Role.PHOTOGRAPHER),
    Colleague("Gerda Boek", "administratie@jkreeft.example", "demo-administratie-2026", Role.ADMINISTRATION),
    Colleague("Pieter Sleutel", "privacy@jkreeft.example", "demo-privacy-2026", Role.PRIVACY_OWNER),
)
# Made last: that this account exists says that the studio is complete.
OWNER = Colleague("J. Kreeft", "eigenaar@jkreeft.example", "demo-eigenaar-2026", None)
