"""The report's frame in English; the notes stay in French."""

# ruff: noqa: E501, ISC004 - a page of sentences reads best with each sentence whole.

from __future__ import annotations

from synthesis.report import families
from synthesis.report.words import Words

ENGLISH = Words(
    language="en",
    title="Gathering",
    subtitle="Synthesis report of the workshops",
    draft="Provisional version",
    final="Validated version",
    final_by="Validated by {by}",
    statement=(
        "This document gives back what was noted in the workshops; it does not measure an opinion. Each quotation is taken "
        "to the letter, in French as it was written, and carries the identifier of its note. The groupings are proposed "
        "by a computation; people decide on them."
    ),
    contents="Contents",
    table="Table {n} – {caption}",
    figure="Figure {n} – {caption}",
    framed="Signs that this file’s fonts do not draw (emoji, other scripts) are replaced by a frame here. The other formats of the report show them.",
    page="Page {page} of {pages}",
    quote_open="“",
    quote_close="”",
    more="[…]",
    facts={
        "version": "Version",
        "date": "Date",
        "notes": "Notes",
        "workshops": "Workshops heard",
        "themes": "Themes",
        "unplaced": "Notes to place",
        "rapporteurs": "Rapporteurs",
    },
    months=(
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    ),
    date="{day} {month} {year}",
    workshops_of="{speaking} of {all}",
    remarks={
        "few_notes": "There are still few notes: read the themes with care.",
        "encoder_missing": "One of the readings of the text was missing on this machine: the groupings are less sure.",
    },
    remark_other="Remark of the computation: {code}.",
    silent=("No note came from this workshop: {titles}.", "No note came from these workshops: {titles}."),
    empty="No note has been received yet. This document shows the place of each part.",
    grouped="There are too few notes to form themes: they are arranged by workshop and by kind.",
    kinds={
        "lever": ("Lever", "Levers"),
        "obstacle": ("Obstacle", "Obstacles"),
        "condition": ("Condition for success", "Conditions for success"),
        "": ("Note", "Other notes"),
    },
    kind_counts={
        "lever": ("{n} lever", "{n} levers"),
        "obstacle": ("{n} obstacle", "{n} obstacles"),
        "condition": ("{n} condition for success", "{n} conditions for success"),
        "": ("{n} other note", "{n} other notes"),
    },
    notes=("{n} note", "{n} notes"),
    workshops=("{n} workshop", "{n} workshops"),
    rapporteurs=("{n} rapporteur", "{n} rapporteurs"),
    themes=("{n} theme", "{n} themes"),
    actor_count=("{n} actor", "{n} actors"),
    link_count=("{n} link", "{n} links"),
    lone="lone voice",
    lone_count=("{n} lone voice", "{n} lone voices"),
    unplaced="to place",
    nowhere="No workshop",
    titles={
        "essentiel": "The essential",
        "cadre": "The setting",
        "vue": "Overview",
        "themes": "The themes",
        "croisee": "Crossed reading",
        "acteurs": "Actors and cooperations",
        "metiers": "Trades, skills and postures",
        "territoires": "Territories",
        "a-classer": "Notes to place",
        "regard": "In the witnesses’ own words",
        "suites": "Follow-up",
        "methode": "Method",
        "limites": "Limits",
        "annexes": "Annexes",
        "annexe-notes": "Every note, by workshop",
        "annexe-decisions": "What people decided",
        "annexe-donnees": "Data",
        "annexe-personnes": "Personal data",
    },
    essential_lead="The themes heard in most workshops, seven at most, by how widely they were heard, not by size.",
    essential_none="No theme has formed yet.",
    doors={
        "everywhere": "What comes back everywhere: {themes}.",
        "debated": "What is debated, with levers and obstacles on the same subject: {themes}.",
        "once": "What is heard only once: {n}, to be read in the chapters.",
    },
    setting_lead="The workshops that take notes, and what came from them.",
    setting_caption="Notes received, by workshop and by kind",
    columns={
        "number": "No.",
        "workshop": "Workshop",
        "notes": "Notes",
        "lever": "Levers",
        "obstacle": "Obstacles",
        "condition": "Conditions",
        "other": "Others",
        "theme": "Theme",
        "total": "Total",
        "other_theme": "Other theme",
        "actor": "Actor",
        "actors": "Actors in common",
        "other_actor": "Other actor",
        "family": "Family",
        "themes": "Themes",
        "strength": "Link",
        "territory": "Territory",
        "references": "References of the notes",
        "decided": "What is decided",
        "who": "Who",
        "when": "By when",
        "setting": "Setting",
        "value": "Value",
        "decision": "Decision",
    },
    overview_lead=(
        "How many notes each theme has in each workshop. Workshops are numbered as in the table before; "
        "a dot means no note."
    ),
    overview_caption="Themes and workshops",
    specific="Themes of one workshop alone: {themes}.",
    transversal="Themes heard in at least half of the workshops: {themes}.",
    themes_lead="One chapter per theme, always on the same plan. Quotations are exact.",
    size="{notes} from {workshops}: {kinds}.",
    size_plain="{notes}: {kinds}.",
    proposed="The label is proposed by the computation; nobody has validated it yet.",
    decided="The label was decided by a person.",
    keywords="Words that tell this theme apart: {words}.",
    family="Family: {family}.",
    also=("Also note {references}.", "Also notes {references}."),
    lone_heading="Lone voice",
    tension_heading="What is under discussion",
    tension="On this subject were noted both {levers} and {obstacles}: they are to be read together.",
    questions_heading="Questions asked",
    actors_heading="Actors cited",
    actors_cited="{actors}.",
    actors_more=("and {n} other", "and {n} others"),
    where="Workshops: {workshops}.",
    reliability={
        "fragile": "Reliability: fragile, fewer than five notes or one workshop alone. Read it as a signal.",
        "solid": "Reliability: solid, these notes stay together from one computation to the next.",
        "doubtful": "Reliability: medium, some of these notes could go elsewhere.",
        "weak": "Reliability: weak, the border of this theme needs a reader.",
    },
    crossed_lead="What the themes say side by side.",
    facing_caption="Obstacles and levers face to face",
    shared_caption="Themes joined by the same actors",
    shared_none="No two themes share two actors.",
    conditions_lead="Themes whose conditions for success come from several workshops: {themes}.",
    actors_lead=(
        "The actors that notes name, and the themes in which they name them. A link is made of notes; it tells neither "
        "agreement nor disagreement."
    ),
    actors_none="No actor is named in the notes.",
    actors_caption="Actors cited",
    links_caption="Actors and themes",
    together_caption="Actors cited in the same notes",
    together_none="No two actors are cited in the same note.",
    uncited="Announced by the organisers and cited by no note: {actors}.",
    picture_alternative=(
        "Two-column drawing: {actors} on the left, {themes} on the right, joined by {links}. "
        "The link with most notes: {strongest}. The tables that follow say the same."
    ),
    picture_caption="Actors (discs) and themes (boxes). Thickness: number of notes; dashes: to be checked.",
    picture_links="Only the {n} links with most notes are drawn.",
    picture_part="The drawing shows the {n} most cited actors.",
    strengths={"established": "established", "signal": "signal", "check": "to be checked"},
    families=families.ENGLISH,
    skills_lead=(
        "What the notes say of trades, training, methods and postures. They are kept because they use these words; "
        "nothing is inferred from them."
    ),
    skills_none="No note uses these words.",
    territories_caption="Territories marked by the rapporteurs",
    unplaced_lead="These notes join no theme. They count as much as the others and are given in full.",
    unplaced_none="Every note has joined a theme.",
    witnesses_lead="These texts are their authors’; they are no part of the synthesis.",
    witnesses_none="No text has been handed in so far.",
    follow_lead="To fill together: what is done with what was said.",
    follow_caption="Follow-up",
    method=(
        "In each workshop, one or more rapporteurs note what is said, in one to three sentences, and mark whether it is a "
        "lever, an obstacle or a condition for success.",
        "A program compares the words and the meaning of the notes and brings together those on the same subject. It starts "
        "again in several ways and keeps what these attempts agree on.",
        "It proposes for each theme a label taken from the notes. People may rename and merge themes; their decisions hold "
        "through every update.",
        "Quotations are exact extracts: central notes, notes unlike each other, and one lone voice. No sentence is written "
        "in the participants’ place.",
        "Before anything leaves, a check compares each quotation with the stored note, counts every number again and makes "
        "sure that each note stands once, and once only, in the annexes.",
        "The same notes, in any order, give the same document.",
    ),
    method_grouped="Here, the notes are too few for that computation: they are arranged by workshop and by kind.",
    parameters_caption="Settings and versions",
    parameters={
        "hash": "Fingerprint of the notes",
        "position": "Position in the journal",
        "themes": "Number of themes asked for",
        "seed": "Seed",
        "schema": "Data format",
    },
    automatic="automatic",
    limits=(
        "The notes pass through the rapporteurs’ hands: they tell what was noted, not all that was said.",
        "Workshops have neither the same length, nor the same number of participants or of rapporteurs.",
        "The participants are no sample: no number reads as a share of opinion, and no percentage is given.",
        "A note goes to one theme only, though it may touch several; the border between two neighbouring themes remains a "
        "matter of reading.",
        "Actors are recognised by name: an unexpected spelling may be missed, a namesake may mislead.",
    ),
    annexes_lead="All that is needed to check this document and to use it.",
    decisions_none="No decision was taken on the themes of this version.",
    decisions_caption="Decisions, in order",
    renamed="Theme {theme} renamed “{label}”",
    merged="Themes {themes} merged into {into}",
    files_lead="The same facts are given as open files beside this report:",
    files=(
        "edition.json: the whole synthesis, with its settings;",
        "notes.csv, themes.csv, actors.csv, mentions.csv, links.csv, cooperations.csv: the tables;",
        "workbook.xlsx: the same tables in one workbook;",
        "graph.gexf and graph.graphml: the graph of actors and themes.",
    ),
    privacy=(
        "The synthesis names no rapporteur and no participant. The notes are given as they were written.",
        "Anyone who recognises themselves in a note may ask the organisers to withdraw it, by its identifier; the versions "
        "that follow will not contain it.",
        "No outside service received the notes: everything was computed on the organisers’ machine.",
    ),
)
