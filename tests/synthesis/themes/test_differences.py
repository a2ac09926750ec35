from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from synthesis.cli import diff
from synthesis.corpus import Corpus
from synthesis.report import data
from synthesis.results import Edition, Membership, Parameters, Theme
from synthesis.themes.differences import tell


def edition(
    themes: dict[str, tuple[str, ...]], tray: tuple[str, ...] = (), labels: dict[str, str] | None = None
) -> Edition:
    names = labels or {}
    return Edition(
        input_hash="-".join(sorted([*(note for notes in themes.values() for note in notes), *tray])),
        themes=tuple(
            Theme(
                id=key,
                label=names.get(key, key),
                proposed_label=key,
                note_ids=notes,
                named_by="s" if key in names else "",
            )
            for key, notes in themes.items()
        ),
        memberships=tuple(
            Membership(note_id=note, theme_id=key, confidence=1.0) for key, notes in themes.items() for note in notes
        )
        + tuple(Membership(note_id=note, theme_id="", confidence=0.0) for note in tray),
        tray=tray,
    )


def test_two_editions_that_are_the_same_have_nothing_to_tell() -> None:
    one = edition({"Eau": ("a", "b")})
    assert tell(one, one) == ("Rien n’a changé.",)
    assert tell(Edition(), Edition()) == ("Rien n’a changé.",)


def test_each_change_is_a_sentence() -> None:
    before = edition({"Eau": ("a", "b", "c"), "Vélo": ("d", "e"), "Haies": ("f",)}, tray=("g",))
    after = edition(
        {"Eau": ("a", "b"), "Vélo": ("d", "e", "c", "g"), "Fuites": ("h", "f")}, labels={"Vélo": "Aller à vélo"}
    )
    assert tell(before, after) == (
        "1 note de plus ; 8 en tout.",
        "Nouveau thème : « Fuites », 2 notes, venues de « Haies » (1).",
        "Le thème « Haies » n’y est plus ; ses notes sont dans « Fuites » (1).",
        "« Vélo » s’appelle maintenant « Aller à vélo » (une personne l’a nommé ainsi).",
        "1 note passe du bac « à classer » à « Aller à vélo ».",
        "1 note passe de « Eau » à « Aller à vélo ».",
        "1 note de moins à classer.",
    )


def test_another_seed_or_another_version_is_said() -> None:
    before = Edition(versions=(("numpy", "1"),))
    after = Edition(versions=(("numpy", "2"),), parameters=Parameters(seed=3))
    assert tell(before, after) == (
        "Les réglages du calcul (nombre de thèmes, graine) ne sont pas les mêmes.",
        "Les versions ne sont pas les mêmes : numpy.",
    )


def test_the_command_reads_two_files(tmp_path: Path) -> None:
    for name, one in (("a", Edition()), ("b", edition({"Eau": ("a", "b")}))):
        (tmp_path / f"{name}.json").write_bytes(data.write_edition(one, Corpus(notes=())))
    said = CliRunner().invoke(diff, [str(tmp_path / "a.json"), str(tmp_path / "b.json")])
    assert said.exit_code == 0
    assert "Nouveau thème : « Eau », 2 notes." in said.output
