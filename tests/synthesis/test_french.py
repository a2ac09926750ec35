from __future__ import annotations

import numpy as np

from synthesis.french import French


def test_equal_texts_share_one_reading(french: French) -> None:
    one, other = french.read(["L’eau est rare.", "L’eau est rare."])
    assert one is other


def test_offsets_point_into_the_words_as_written(french: French) -> None:
    text = "Les citoyen⋅nes de Saint-Brieuc réclament l’accès à l’eau."
    (read,) = french.read([text])
    assert read.text == text
    said = [text[token.start : token.end] for token in read.tokens]
    assert "citoyen⋅nes" in said
    assert all(0 <= token.start < token.end <= len(text) for token in read.tokens)
    assert next(text[chunk.start : chunk.end] for chunk in read.chunks).startswith("Les citoyen⋅nes")


def test_an_inclusive_form_has_one_lemma(french: French) -> None:
    readings = french.read(["La parole des habitant·es compte.", "La parole des habitants compte."])
    assert all("habitant" in {token.lemma for token in read.tokens} for read in readings)


def test_a_text_that_shouts_is_read_like_the_others(french: French) -> None:
    loud, calm = french.read(["MANQUE DE LOGEMENTS POUR LES JEUNES", "Manque de logements pour les jeunes"])
    assert [token.lemma for token in loud.tokens if token.content][-2:] == ["logement", "jeune"]
    assert [token.lemma for token in calm.tokens if token.content][-2:] == ["logement", "jeune"]


def test_empty_blank_and_very_long_texts_are_read(french: French) -> None:
    empty, blank, long = french.read(["", "  \n", "eau et rivière " * 2_000])
    assert empty.tokens == blank.tokens == ()
    assert len(long.tokens) == 6_000


def test_progress_ends_on_all_the_texts(french: French) -> None:
    told: list[tuple[int, int]] = []
    french.read([f"Une note sur le sujet {number}." for number in range(70)], progress=lambda *at: told.append(at))
    assert told[-1] == (70, 70)


def test_word_vectors_are_of_length_one_or_zero(french: French) -> None:
    vectors = french.words(["eau", "xqzwkjh", ""])
    assert np.linalg.norm(vectors, axis=1).round(6).tolist() == [1.0, 0.0, 0.0]


def test_a_sentence_has_the_same_vector_whoever_is_beside_it(french: French) -> None:
    fresh = ["Un vélo pour chacun.", "La cantine du collège."]
    together = french.sentences(fresh)
    assert together is not None
    alone = French(french._tagger, french._sentence_encoder).sentences(fresh[1:])
    assert alone is not None
    assert (together[1] == alone[0]).all()


def test_without_the_encoder_there_are_no_sentences_and_no_failure(french: French) -> None:
    bare = French(french._tagger, None)
    assert not bare.has_sentences
    assert bare.sentences(["Une note."]) is None
    assert bare.read(["Une note."])[0].tokens


def test_nothing_to_read_gives_nothing(french: French) -> None:
    assert french.read([]) == ()
    sentences = french.sentences([])
    assert sentences is not None
    assert sentences.shape == (0, 512)
    assert french.words([]).shape == (0, 300)
