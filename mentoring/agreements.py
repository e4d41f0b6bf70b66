"""What the two people of a pair agree to: each version word for word in both languages, kept as long as it is signed.

These texts are data and not messages of the portal: a version never changes once somebody has signed it.
"""

from allies.kit.bilingual import current_language

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


def words(version: str = "") -> tuple[str, ...]:
    """Give the sentences of a version, the current one unless another is named, in the reader's language."""
    return VERSIONS[version or CURRENT][current_language()]
