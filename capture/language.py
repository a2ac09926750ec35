"""Which language a page speaks, and how a refusal is said in it. French is the source; English is complete."""

from __future__ import annotations

from typing import Any

from babel.support import NullTranslations
from flask import Flask, current_app, has_request_context, request, session
from flask_babel import Babel, Domain, get_locale, gettext
from werkzeug.utils import cached_property

from capture.errors import Refusal
from capture.typography import typeset

LANGUAGES = ("fr", "en")

SINGULAR_BELOW = 2
"""In French, 0 and 1 are singular: « 0 note », « 1,5 note », « 2 notes »."""


class French(NullTranslations):
    """The source itself, set as French is printed, with French plurals."""

    def ugettext(self, message: str) -> str:
        """Set a message."""
        return typeset(message)

    def ungettext(self, singular: str, plural: str, num: int) -> str:
        """Set the form of a message that a number asks for."""
        return typeset(singular if abs(num) < SINGULAR_BELOW else plural)


class Words(Domain):  # type: ignore[misc]  # flask_babel carries no types
    """The messages of the house: French is written in the code, the other languages in catalogues."""

    french = French()

    def get_translations(self) -> Any:
        """Return the messages of the reader's language."""
        locale = get_locale()
        return self.french if locale is not None and locale.language == "fr" else super().get_translations()


class HouseBabel(Babel):  # type: ignore[misc]  # flask_babel carries no types
    """Flask-Babel, with our messages."""

    @cached_property
    def domain_instance(self) -> Words:
        """Return the messages."""
        return Words()


babel = HouseBabel()


def choose() -> str:
    """Return the reader's language: what they chose, else what their browser asks for, else the installation's."""
    if not has_request_context():
        return str(current_app.config["BABEL_DEFAULT_LOCALE"])
    asked = request.args.get("langue") or session.get("language")
    if asked in LANGUAGES:
        return str(asked)
    default = str(current_app.config["BABEL_DEFAULT_LOCALE"])
    return request.accept_languages.best_match(LANGUAGES, default=default) or default


def other() -> str:
    """Return the language that a page offers to switch to."""
    return next(code for code in LANGUAGES if code != choose())


def remember() -> None:
    """Keep the language a reader asked for with `?langue=`."""
    asked = request.args.get("langue")
    if asked in LANGUAGES:
        session["language"] = asked


def sentence(refusal: Refusal) -> str:
    """Say a refusal in the reader's language."""
    return str(gettext(refusal.sentence, **refusal.data)) if refusal.data else str(gettext(refusal.sentence))


def shape(refusal: Refusal) -> dict[str, Any]:
    """Return the one JSON shape of every refusal."""
    return {
        "error": {
            "code": refusal.code,
            "status": refusal.status,
            "sentence": sentence(refusal),
            "data": {key: value for key, value in refusal.data.items() if isinstance(value, str | int | float | list)},
        }
    }


def install(app: Flask, *, default: str) -> None:
    """Set the catalogues and the choice of language."""
    app.config["BABEL_DEFAULT_LOCALE"] = default
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(app.config["TRANSLATIONS"])
    babel.init_app(app, locale_selector=choose)
    app.before_request(remember)
    app.jinja_env.globals.update(get_locale=get_locale, other_language=other)
    app.jinja_env.filters["typeset"] = typeset
