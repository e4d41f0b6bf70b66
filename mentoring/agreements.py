"""What the two people of a pair agree to: each version word for word in both languages, kept as long as it is signed.

These texts are data and not messages of the portal: a version never changes once somebody has signed it.
"""

from allies.kit.bilingual import current_language
from mentoring.models import Programme

CURRENT = "2026-1"

VERSIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "2026-1": {
        "en": (
            (
                "We meet regularly until we have reached the hours of the programme, and we say in good time when "
                "one of us can't come."
            ),
            "We choose our goals together and look at them again at least once a month.",
            "We log each meeting, and the other one confirms it or says what is wrong.",
            "What we tell each other stays between us. The only exception is a danger to somebody's safety.",
            (
                "The mentor shares experience, contacts and honest advice. The mentor does not owe anybody a job, a"
                " reference or money, and nobody pays anything for the mentoring."
            ),
            "The mentee prepares the meetings, does what was agreed and writes their own applications.",
            ("We treat each other with respect, whatever our origin, faith, gender, age, orientation or disability."),
            (
                "If something does not work, we say so early, to each other or to the coordinator. Either of us may"
                " end this at any time by giving a reason."
            ),
        ),
        "fr": (
            (
                "Nous nous rencontrons régulièrement jusqu'à ce que les heures du programme soient atteintes, et "
                "nous prévenons à temps en cas d'empêchement."
            ),
            "Nous choisissons nos objectifs ensemble et nous les revoyons au moins une fois par mois.",
            "Nous inscrivons chaque rencontre, et l'autre personne la confirme ou dit ce qui ne va pas.",
            (
                "Ce que nous nous disons reste entre nous. La seule exception est un danger pour la sécurité de "
                "quelqu'un."
            ),
            (
                "La personne mentore partage son expérience, ses contacts et des conseils francs. Elle ne doit à "
                "personne un emploi, une recommandation ou de l'argent, et le mentorat est gratuit."
            ),
            (
                "La personne mentorée prépare les rencontres, fait ce qui a été convenu et rédige elle-même ses "
                "candidatures."
            ),
            (
                "Nous nous traitons avec respect, quels que soient l'origine, la foi, le genre, l'âge, "
                "l'orientation ou le handicap."
            ),
            (
                "Si quelque chose ne va pas, nous le disons tôt, à l'autre ou à la coordination. Chaque personne "
                "peut mettre fin au mentorat en tout temps en donnant une raison."
            ),
        ),
    },
}


def _changed(version: str, **changes: dict[int, str]) -> dict[str, tuple[str, ...]]:
    """A version with some of its sentences, counted from nought, said differently in each language."""
    return {
        language: tuple(changes[language].get(number, sentence) for number, sentence in enumerate(sentences))
        for language, sentences in VERSIONS[version].items()
    }


VERSIONS["2026-1-group"] = _changed(
    "2026-1",
    en={
        2: "The mentor logs the meetings of the group, and each mentee confirms them or says what is wrong.",
        3: "What is said in the group stays in the group. The only exception is a danger to somebody's safety.",
        5: "Each mentee prepares the meetings, does what was agreed and lets the others have their say.",
        7: (
            "If something does not work, we say so early, in the group or to the coordinator. Each of us may leave "
            "the group at any time by giving a reason."
        ),
    },
    fr={
        2: (
            "La personne mentore inscrit les rencontres du groupe, et chaque personne mentorée les confirme ou dit "
            "ce qui ne va pas."
        ),
        3: (
            "Ce qui se dit dans le groupe reste dans le groupe. La seule exception est un danger pour la sécurité de "
            "quelqu'un."
        ),
        5: (
            "Chaque personne mentorée prépare les rencontres, fait ce qui a été convenu et laisse la parole aux autres."
        ),
        7: (
            "Si quelque chose ne va pas, nous le disons tôt, dans le groupe ou à la coordination. Chaque personne "
            "peut quitter le groupe en tout temps en donnant une raison."
        ),
    },
)
VERSIONS["2026-1-peer"] = _changed(
    "2026-1",
    en={
        4: (
            "We meet as equals and share experience, contacts and honest advice. Neither of us owes the other a job, "
            "a reference or money."
        ),
        5: "Each of us prepares the meetings, does what was agreed and writes their own applications.",
    },
    fr={
        4: (
            "Nous nous rencontrons d'égal à égal et partageons expérience, contacts et conseils francs. Personne ne "
            "doit à l'autre un emploi, une recommandation ou de l'argent."
        ),
        5: "Chaque personne prépare les rencontres, fait ce qui a été convenu et rédige elle-même ses candidatures.",
    },
)
_OF_KIND = {Programme.Kind.GROUP: "2026-1-group", Programme.Kind.PEER: "2026-1-peer"}


def current(kind: str) -> str:
    """The version that is signed now in a kind of mentoring."""
    return _OF_KIND.get(Programme.Kind(kind), CURRENT)


def words(version: str = "") -> tuple[str, ...]:
    """Give the sentences of a version, the current one unless another is named, in the reader's language."""
    return VERSIONS[version or CURRENT][current_language()]
