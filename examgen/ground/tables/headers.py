"""Names of columns in the languages of downloads and rosters: one table.

Intake, rosters and exports all look here, so that a word which one of them knows is known to all.
Case, marks on letters, and dashes do not count: `ÖĞRENCİ NO`, `Ogrenci No`.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from examgen.ground.tables.names import fold_letters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Field(StrEnum):
    """The content of a column."""

    ID = "the student's number"
    SIS_ID = "the student's number in Canvas"
    SIS_LOGIN = "the student's login in Canvas"
    INTEGRATION_ID = "the number of another system"
    ANY_ID = "the platform's ID"
    STUDENT = "the student's number or name"
    EMAIL = "the email address"
    USERNAME = "the user name"
    NAME = "the full name"
    FIRST = "the first name"
    LAST = "the last name"
    PARTICIPANT = "the participant"
    SECTION = "the section"
    SEAT = "the seat"
    EXTRA_TIME = "the extra time"
    LARGE_PRINT = "large print"
    PAPER = "the paper"
    EXAM = "the exam"
    QUESTION = "the question"
    PART = "the part"
    ANSWER = "the answer"
    RESPONSE = "the response"
    TIME = "the time of handing in"
    SOURCE = "the source"
    PROBLEM = "the problem"
    SUGGESTION = "the suggestion"
    GRADE = "the grade"
    MAXIMUM = "the maximum grade"
    IS_OPEN = "whether the grade can be changed"
    CHANGED = "when a grade was changed"
    FEEDBACK = "the feedback"
    FEEDBACK_FORM = "the feedback's format"
    STAMP = "when the file was downloaded"


# English; German; Turkish; Spanish; French; then others. A line ends anywhere.
_NAMES: Mapping[Field, str] = {
    Field.ID: """student id | student_id | studentid | student number | student no | student no. |
        id number | idnumber | matriculation number | sid | university id | school id |
        matrikelnummer | matrikel-nummer | matrikel-nr. | matrikelnr. | matrikelnr | matr.-nr. |
        matrikel | id-nummer | studenten-id | studierenden-id | teilnehmer-id | kennnummer |
        öğrenci no | öğrenci no. | öğrenci numarası | öğrenci kimliği | id numarası | okul no |
        kimlik numarası | kimlik no | numara |
        número de id | número de identificación | id de alumno | id del alumno | id de estudiante |
        id del estudiante | número de estudiante | matrícula | número de matrícula |
        numéro d'identification | numéro d'étudiant | numéro étudiant | n° étudiant | matricule |
        id étudiant | id de l'étudiant |
        número de identificação | codice identificativo | numero id | matricola | studentnummer""",
    Field.SIS_ID: """sis user id | sis_id | sis id | sis-benutzer-id | sis-nutzer-id | sis-id |
        sis kullanıcı kimliği | id de usuario sis | id de usuario de sis | id utilisateur sis""",
    Field.SIS_LOGIN: """sis login id | sis-login-id | sis-anmelde-id | sis oturum açma kimliği |
        id de inicio de sesión sis | id de inicio de sesión de sis | id de connexion sis""",
    Field.INTEGRATION_ID: "integration id",
    Field.ANY_ID: "id",
    Field.STUDENT: """student | studierende | studierende/r | studierender | student/in | öğrenci |
        estudiante | alumno | étudiant | étudiante""",
    Field.EMAIL: """email | e-mail | mail | email address | e-mail address | e-mail-adresse |
        e-mailadresse | e-posta | e-posta adresi | eposta | eposta adresi | correo |
        correo electrónico | dirección de correo | dirección de correo electrónico | courriel |
        adresse de courriel | adresse e-mail | adresse électronique | endereço de email |
        indirizzo email | e-mailadres""",
    Field.USERNAME: """username | user name | user_name | login | login id | login name |
        benutzername | anmeldename | kullanıcı adı | nombre de usuario | usuario |
        nom d'utilisateur | identifiant de connexion""",
    Field.NAME: """name | full name | fullname | student name | vollständiger name |
        vor- und nachname | name, vorname | vorname nachname | adı soyadı | ad soyad | ad soyadı |
        adı ve soyadı | tam adı | tam ad | isim soyisim | nombre completo | nombre y apellidos |
        apellidos y nombre | nom complet | nom et prénom | prénom et nom | nome completo |
        volledige naam""",
    Field.FIRST: """first name | firstname | given name | vorname | ad | adı | isim | nombre |
        nombre(s) | prénom | nome | voornaam""",
    Field.LAST: """last name | lastname | surname | family name | nachname | familienname | zuname |
        soyad | soyadı | soyisim | apellido | apellidos | apellido(s) | nom | nom de famille |
        apelido | sobrenome | cognome | achternaam""",
    Field.PARTICIPANT: "identifier | tanımlayıcı | identificador | identifiant",
    Field.SECTION: """section | sections | group | groups | gruppe | gruppen | kurs | şube | grup |
        gruplar | sección | grupo | grupos | groupe | groupes""",
    Field.SEAT: """seat | place | desk | platz | sitzplatz | oturma yeri | asiento | place
        assise""",
    Field.EXTRA_TIME: """extra time | extra_time | time extension | zeitverlängerung | zusatzzeit |
        ek süre | tiempo extra | tiempo adicional | temps supplémentaire""",
    Field.LARGE_PRINT: """large print | large_print | großdruck | büyük punto | büyük yazı |
        letra grande | gros caractères""",
    Field.PAPER: "paper | paper id | paper_id",
    Field.EXAM: "exam",
    Field.QUESTION: "question",
    Field.PART: "part",
    Field.ANSWER: "answer | answer id | answer_id",
    Field.RESPONSE: "response",
    Field.TIME: """time | timestamp | submitted | submitted at | submission time | completed |
        finished | beendet | abgegeben | tamamlanma | bitirme | finalizado | terminé | completato |
        zeitstempel | zaman damgası | marca temporal | horodateur""",
    Field.SOURCE: "source",
    Field.PROBLEM: "problem",
    Field.SUGGESTION: "suggestion",
    Field.GRADE: "grade | bewertung | note | not | puan | calificación | nota | valutazione",
    Field.MAXIMUM: """maximum grade | bestwertung | maximale bewertung | beste bewertung |
        höchste bewertung | maximum not | en yüksek not | en fazla not | azami not |
        calificación máxima | note maximale""",
    Field.IS_OPEN: """grade can be changed | bewertung kann geändert werden |
        not değiştirilebilir | not değişebilir | la calificación puede ser cambiada |
        la calificación se puede cambiar | puede cambiarse la calificación |
        la note peut être modifiée""",
    Field.CHANGED: """last modified (grade) | zuletzt geändert (bewertung) |
        son değiştirme (not) | son değişiklik (not) | son düzenleme (not) |
        última modificación (calificación) | dernière modification (note)""",
    Field.FEEDBACK: """feedback comments | feedback to learner | feedback als kommentar |
        kommentar als feedback | feedback-kommentare | feedback an teilnehmer |
        feedback an lernenden | feedback für lernenden | feedback für teilnehmer |
        geri bildirim yorumları | geribildirim yorumları | öğrenciye geri bildirim |
        comentarios de retroalimentación | comentarios de realimentación |
        comentarios para el alumno | comentarios para el estudiante | feedback par commentaires |
        commentaires de feedback | commentaires à l'étudiant""",
    Field.FEEDBACK_FORM: """feedback format | feedback-format | geri bildirim biçimi |
        formato de los comentarios | formato de comentarios | format du feedback""",
    Field.STAMP: """last downloaded from this course | letzter download aus diesem kurs |
        zuletzt aus diesem kurs heruntergeladen | bu dersten son indirme |
        última descarga de este curso | dernier téléchargement depuis ce cours""",
}  # fmt: skip


def fold_header(name: str) -> str:
    """Return a header for comparison.

    >>> fold_header("ÖĞRENCİ NO:") == fold_header("Ogrenci No")
    True
    """
    return fold_letters(name).strip("*: \ufeff")


_FIELDS = {
    fold_header(alias): field for field, aliases in _NAMES.items() for alias in aliases.split("|")
}


@lru_cache(16_384)
def field_of(header: str) -> Field | None:
    """Return what a column with this header holds; None where the header is not known."""
    return _FIELDS.get(fold_header(header[:200]))


def fields_of(header: Sequence[str]) -> tuple[Field | None, ...]:
    """Return what each column holds, by its header and by those beside it.

    Beside a number, `Student` is a name; beside a first name, `Name` is the last one.

    >>> [field.name for field in fields_of(["Name", "Vorname", "Matrikelnummer"])]
    ['LAST', 'FIRST', 'ID']
    """
    found = list(map(field_of, header))
    if not {Field.ID, Field.SIS_ID, Field.SIS_LOGIN}.isdisjoint(found):
        found = [Field.NAME if field is Field.STUDENT else field for field in found]
    if Field.FIRST in found and Field.LAST not in found:
        rest = Field.LAST if Field.NAME in found else Field.FIRST
        found = [rest if field is Field.NAME else field for field in found]
        if rest is Field.FIRST:
            found = [Field.NAME if field is Field.FIRST else field for field in found]
    return tuple(found)
