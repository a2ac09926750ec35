"""Every refusal, with its four facts: a code, a status, data, and a sentence that says what to do next.

Refusal
├── BadRequest 400: UnknownOperation · InvalidOperation · TextEmpty · TextTooLong · TextUnreadable · UnknownKind
│                   · ProgrammeUnreadable · TableUnreadable · FileUnreadable · PreviewUnreadable
│                   · UnknownFormat
├── Forbidden 403: SeatRevoked · SeatExpired · NotYourSeat · LinkUnreadable
├── Missing 404: NotFound · NoEdition
├── Conflict 409: WorkshopClosed · NoteRemoved · OperationReused · ProgrammeChanged · LastOrganiser · ReportFinal
│                 · ReportUnproved · CopyRefused
├── TooLarge 413, TooMany 429
└── StorageUnavailable 503: StorageFull · StorageReadOnly · StorageBusy · StorageDamaged

Pure. The sentence is a French message id; `language` translates it where it is shown.
"""

from __future__ import annotations

from typing import Any, ClassVar


class Refusal(Exception):  # noqa: N818 - the field's word for it, and the one people read
    """Something asked that is not done, and why."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    sentence: ClassVar[str] = "La demande n’a pas pu être traitée."

    def __init__(self, **data: Any) -> None:
        super().__init__(self.code)
        self.data = data

    def __str__(self) -> str:
        return self.sentence % self.data if self.data else self.sentence


class UnknownOperation(Refusal):
    """The name is in no vocabulary, perhaps because the page is older or newer than the server."""

    code = "operation.unknown"
    sentence = (
        "Cette page ne parle pas la même langue que le serveur (« %(name)s »). Rechargez-la ; vos notes restent."
    )


class InvalidOperation(Refusal):
    """A field of an operation is missing, unknown or of another type."""

    code = "operation.invalid"
    sentence = "Le champ « %(field)s » de « %(name)s » n’est pas lisible : %(reason)s."


class TextEmpty(Refusal):
    """Nothing but spaces or invisible characters."""

    code = "note.empty"
    sentence = "La note est vide. Écrivez une phrase, puis Entrée."


class TextTooLong(Refusal):
    """Longer than a note may be."""

    code = "note.too_long"
    sentence = (
        "La note compte %(length)s caractères ; une note en garde au plus %(limit)s. "
        "Coupez-la en plusieurs notes : votre texte est toujours là."
    )


class TextUnreadable(Refusal):
    """A character that no database keeps (NUL) or half of one (a lone surrogate)."""

    code = "note.unreadable"
    sentence = "La note contient un caractère illisible (position %(at)s). Retirez-le : votre texte est toujours là."


class UnknownKind(Refusal):
    """A kind this gathering does not have."""

    code = "note.unknown_kind"
    sentence = "Le type « %(kind)s » n’existe pas dans cette rencontre. Choisissez parmi : %(kinds)s."


class LinkUnreadable(Refusal):
    """A join link that we did not sign, or that was cut on the way."""

    code = "link.unreadable"
    status = 403
    sentence = "Ce lien est incomplet ou n’est pas d’ici. Scannez de nouveau le code, ou demandez-le à l’organisation."


class SeatRevoked(Refusal):
    """The organiser closed this seat."""

    code = "seat.revoked"
    status = 403
    sentence = "Ce lien a été fermé par l’organisation. Vos notes restent sur cet appareil ; voyez l’accueil."


class SeatExpired(Refusal):
    """The seat's time is over."""

    code = "seat.expired"
    status = 403
    sentence = "Ce lien n’est plus valable depuis le %(since)s. Demandez-en un autre à l’organisation."


class NotYourSeat(Refusal):
    """The seat exists and may not do this."""

    code = "seat.not_yours"
    status = 403
    sentence = "Votre lien ne donne pas accès à cette page. Utilisez celui qui vous a été remis pour elle."


class NotFound(Refusal):
    """Nothing here, or nothing that this seat may know of."""

    code = "not_found"
    status = 404
    sentence = "Cette page n’existe pas, ou votre lien n’y mène pas."


class NoEdition(Refusal):
    """The follower has not published anything yet."""

    code = "edition.none"
    status = 404
    sentence = "Aucune synthèse n’est encore prête. Elle le sera quelques secondes après les premières notes."


class WorkshopClosed(Refusal):
    """The organiser closed the workshop to new notes."""

    code = "workshop.closed"
    status = 409
    sentence = (
        "L’atelier « %(title)s » est fermé aux notes. "
        "Votre texte reste sur cet appareil ; l’organisation peut rouvrir l’atelier."
    )


class NoteRemoved(Refusal):
    """The note was deleted in the meantime."""

    code = "note.removed"
    status = 409
    sentence = (
        "Cette note a été supprimée entre-temps. Votre version est gardée sur cet appareil : "
        "rétablissez la note, ou écrivez-en une nouvelle."
    )


class OperationReused(Refusal):
    """One id, two different operations."""

    code = "operation.reused"
    status = 409
    sentence = "Cet identifiant a déjà servi pour autre chose. Rien n’est perdu : la page va en prendre un autre."


class ProgrammeUnreadable(Refusal):
    """A programme file that cannot be read, with every line at fault."""

    code = "programme.unreadable"
    sentence = "Le programme n’a pas pu être lu. Rien n’a été changé. %(summary)s"


class TableUnreadable(Refusal):
    """A notes file that cannot be read; the first line at fault and why, and every one in `faults`."""

    code = "table.unreadable"
    sentence = "Le fichier « %(name)s » n’a pas pu être lu ; rien n’a été fait. %(summary)s"


class FileUnreadable(Refusal):
    """An edition, a list of decisions or a list of actors that cannot be read, and why."""

    code = "file.unreadable"
    sentence = "Le fichier « %(name)s » n’a pas pu être lu ; rien n’a été fait. %(reason)s"


class ProgrammeChanged(Refusal):
    """The programme moved between the preview and the confirmation."""

    code = "programme.changed"
    status = 409
    sentence = "Le programme a changé depuis cet aperçu. Rien n’a été fait : relisez les différences et confirmez."


class PreviewUnreadable(Refusal):
    """A confirmation of something that we did not show."""

    code = "preview.unreadable"
    sentence = "Cet aperçu n’est pas lisible. Rien n’a été fait : déposez de nouveau le fichier."


class LastOrganiser(Refusal):
    """The only organiser's link that still works: without it nobody could open another."""

    code = "seat.last_organiser"
    status = 409
    sentence = "C’est le dernier lien d’organisation ouvert. Ouvrez-en un autre avant de fermer celui-ci."


class UnknownFormat(Refusal):
    """A download in a format we do not make."""

    code = "format.unknown"
    status = 404
    sentence = "Le format « %(format)s » n’existe pas. Choisissez parmi : %(formats)s."


class ReportFinal(Refusal):
    """The report was validated; it does not change any more."""

    code = "report.final"
    status = 409
    sentence = "Le rapport a été validé. Rouvrez-le avant de le modifier."


class ReportUnproved(Refusal):
    """The report says something that the notes do not, so it is not exported; every failure in `failures`."""

    code = "report.unproved"
    status = 409
    sentence = "Le rapport n’a pas été produit : une vérification a échoué. %(summary)s"


class CopyRefused(Refusal):
    """A copy that is not whole, or a database that must not be written over; the reason is in `reason`."""

    code = "copy.refused"
    status = 409
    sentence = "Rien n’a été changé. %(reason)s"


class TooLarge(Refusal):
    """The body is larger than we read."""

    code = "too_large"
    status = 413
    sentence = "Le fichier ou l’envoi dépasse %(limit)s. Envoyez-le en plusieurs fois."


class TooMany(Refusal):
    """This seat asks too often."""

    code = "too_many"
    status = 429
    sentence = "Cet appareil envoie trop vite. Rien n’est perdu : l’envoi reprend seul dans %(retry_after)s s."


class StorageUnavailable(Refusal):
    """The database cannot be reached or written now; nothing was stored, and the device sends again by itself."""

    code = "storage.away"
    status = 503
    sentence = "La base de la rencontre ne répond pas. Ce qui n’est pas « reçue » reste ici et repartira seul."

    def __init__(self, *, retry_after: int = 2) -> None:
        super().__init__(retry_after=retry_after)


class StorageFull(StorageUnavailable):
    """No space left where the database is kept."""

    code = "storage.full"
    sentence = (
        "Le disque du serveur est plein : prévenez l’organisation. Ce qui n’est pas marqué « reçue » reste "
        "sur cet appareil et repartira seul dès qu’il y aura de la place."
    )


class StorageReadOnly(StorageUnavailable):
    """The database may be read, not written."""

    code = "storage.read_only"
    sentence = (
        "Le serveur ne peut plus écrire, seulement lire : prévenez l’organisation. Ce qui n’est pas marqué « reçue » "
        "reste sur cet appareil et repartira seul."
    )


class StorageBusy(StorageUnavailable):
    """Somebody else holds the database for longer than we wait."""

    code = "storage.busy"
    sentence = (
        "La base de la rencontre est occupée. Ce qui n’est pas « reçue » reste ici et repartira dans un instant."
    )


class StorageDamaged(StorageUnavailable):
    """The database's file is not what it should be: a copy must be restored."""

    code = "storage.damaged"
    sentence = "La base est abîmée : prévenez l’organisation. Ce qui n’est pas « reçue » reste ici et repartira seul."
