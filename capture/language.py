"""Which language a page speaks, and how a refusal is said in it. French is the source; English is complete."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, has_request_context, request, session
from flask_babel import Babel, get_locale, gettext

from capture.errors import Refusal

LANGUAGES = ("fr", "en")

babel = Babel()


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
