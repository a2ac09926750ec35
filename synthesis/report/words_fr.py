"""The report's frame in French."""

# ruff: noqa: E501, ISC004 - a page of sentences reads best with each sentence whole.

from __future__ import annotations

from synthesis.report import families
from synthesis.report.words import Words, typeset_all

FRENCH = typeset_all(
    Words(
        language="fr",
        title="Notes des ateliers",
        subtitle="Rapport de synthèse des ateliers",
        draft="Version provisoire",
        final="Version validée",
        final_by="Version validée par {by}",
        statement=(
            "Ce document restitue ce qui a été noté dans les ateliers ; il ne mesure pas une opinion. Chaque citation "
            "est reprise à la lettre et porte l’identifiant de sa note. Les regroupements sont proposés par un calcul ; "
            "des personnes en décident."
        ),
        contents="Sommaire",
        fact="{name} : {value}",
        table="Tableau {n} – {caption}",
        figure="Figure {n} – {caption}",
        framed="Des signes que les polices de ce fichier ne dessinent pas (émoticônes, autres écritures) y sont remplacés par un cadre. Les autres formats du rapport les montrent.",
        page="Page {page} sur {pages}",
        quote_open="« ",
        quote_close=" »",
        more="[…]",
        facts={
            "version": "Version",
            "date": "Date",
            "notes": "Notes",
            "workshops": "Ateliers entendus",
            "themes": "Thèmes",
            "unplaced": "Notes à classer",
            "rapporteurs": "Rapporteurs",
        },
        months=(
            *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
            *("septembre", "octobre", "novembre", "décembre"),
        ),
        date="{day} {month} {year}",
        workshops_of="{speaking} sur {all}",
        remarks={
            "few_notes": "Les notes sont encore peu nombreuses : les thèmes sont à lire avec prudence.",
            "encoder_missing": "L’une des lectures du texte manquait sur cette machine : les regroupements sont moins sûrs.",
        },
        remark_other="Remarque de calcul : {code}.",
        silent=(
            "Aucune note n’est parvenue de cet atelier : {titles}.",
            "Aucune note n’est parvenue de ces ateliers : {titles}.",
        ),
        empty="Aucune note n’a encore été reçue. Ce document montre la place que prendra chaque partie.",
        grouped="Les notes sont trop peu nombreuses pour former des thèmes : elles sont rangées par atelier et par type.",
        kinds={
            "lever": ("Levier", "Leviers"),
            "obstacle": ("Frein", "Freins"),
            "condition": ("Condition de réussite", "Conditions de réussite"),
            "": ("Note", "Autres notes"),
        },
        kind_counts={
            "lever": ("{n} levier", "{n} leviers"),
            "obstacle": ("{n} frein", "{n} freins"),
            "condition": ("{n} condition de réussite", "{n} conditions de réussite"),
            "": ("{n} autre note", "{n} autres notes"),
        },
        notes=("{n} note", "{n} notes"),
        workshops=("{n} atelier", "{n} ateliers"),
        rapporteurs=("{n} rapporteur", "{n} rapporteurs"),
        themes=("{n} thème", "{n} thèmes"),
        actor_count=("{n} acteur", "{n} acteurs"),
        link_count=("{n} lien", "{n} liens"),
        lone="voix isolée",
        lone_count=("{n} voix isolée", "{n} voix isolées"),
        unplaced="à classer",
        nowhere="Sans atelier",
        titles={
            "essentiel": "L’essentiel",
            "cadre": "Le cadre",
            "vue": "Vue d’ensemble",
            "themes": "Les thèmes",
            "croisee": "Lecture croisée",
            "acteurs": "Acteurs et coopérations",
            "metiers": "Métiers, compétences et postures",
            "territoires": "Territoires",
            "a-classer": "Notes à classer",
            "regard": "Le regard des grands témoins",
            "scenarios": "Scénarios d’action",
            "introduction": "Introduction",
            "conclusion": "Conclusion",
            "suites": "Suites et reddition de comptes",
            "methode": "Méthode",
            "limites": "Limites",
            "annexes": "Annexes",
            "annexe-notes": "Toutes les notes, par atelier",
            "annexe-decisions": "Ce que des personnes ont décidé",
            "annexe-donnees": "Données",
            "annexe-personnes": "Données personnelles",
        },
        scenarios={
            "lead": "Ce que des personnes proposent de faire à partir des notes. Les étapes sont leurs propres mots.",
            "by": "Écrit par les grands témoins et l’organisation",
            "with": "Avec : {actors}",
            "unsettled": "Une autre version, écrite au même moment, attend un choix.",
            "levers": "Leviers utilisés",
            "obstacles": "Freins à lever",
            "conditions": "Conditions",
            "notes": "Autres notes",
        },
        essential_lead=(
            "Les thèmes entendus dans le plus d’ateliers, au plus sept. Ils sont rangés par étendue, "
            "non par nombre de notes."
        ),
        essential_none="Aucun thème n’est encore formé.",
        doors={
            "everywhere": "Ce qui revient partout : {themes}.",
            "debated": "Ce qui fait débat, leviers et freins notés sur le même sujet : {themes}.",
            "once": "Ce qu’on n’entend qu’une fois : {n}, à lire dans les chapitres.",
        },
        setting_lead="Les ateliers qui prennent des notes et ce qui en est parvenu.",
        setting_caption="Notes reçues, par atelier et par type",
        columns={
            "number": "N°",
            "workshop": "Atelier",
            "notes": "Notes",
            "lever": "Leviers",
            "obstacle": "Freins",
            "condition": "Conditions",
            "other": "Autres",
            "theme": "Thème",
            "total": "Total",
            "other_theme": "Autre thème",
            "actor": "Acteur",
            "actors": "Acteurs communs",
            "other_actor": "Autre acteur",
            "family": "Famille",
            "themes": "Thèmes",
            "strength": "Lien",
            "territory": "Territoire",
            "references": "Références des notes",
            "decided": "Ce qui est décidé",
            "who": "Qui",
            "when": "Pour quand",
            "setting": "Réglage",
            "value": "Valeur",
            "decision": "Décision",
        },
        overview_lead=(
            "Combien de notes chaque thème compte dans chaque atelier. Le numéro des ateliers est celui du tableau "
            "précédent ; un point veut dire aucune note."
        ),
        overview_caption="Thèmes et ateliers",
        specific="Thèmes propres à un seul atelier : {themes}.",
        transversal="Thèmes entendus dans au moins la moitié des ateliers : {themes}.",
        themes_lead="Un chapitre par thème, toujours sur le même plan. Les citations sont exactes.",
        size="{notes} de {workshops} : {kinds}.",
        size_plain="{notes} : {kinds}.",
        proposed="Intitulé proposé par le calcul, que personne n’a encore validé.",
        decided="Intitulé décidé par une personne.",
        keywords="Mots qui distinguent ce thème : {words}.",
        family="Famille : {family}.",
        also=("Aussi, note {references}.", "Aussi, notes {references}."),
        lone_heading="Voix isolée",
        tension_heading="Ce qui se discute",
        tension="Sur ce sujet ont été notés à la fois {levers} et {obstacles} : les uns et les autres sont à lire ensemble.",
        questions_heading="Questions posées",
        actors_heading="Acteurs cités",
        actors_cited="{actors}.",
        actors_more=("et {n} autre", "et {n} autres"),
        where="Ateliers : {workshops}.",
        reliability={
            "fragile": "Fiabilité : fragile, moins de cinq notes ou un seul atelier. À lire comme un signal.",
            "solid": "Fiabilité : solide, ces notes se retrouvent ensemble d’un calcul à l’autre.",
            "doubtful": "Fiabilité : moyenne, une partie de ces notes pourrait aller ailleurs.",
            "weak": "Fiabilité : faible, la frontière de ce thème est à relire.",
        },
        crossed_lead="Ce que les thèmes disent les uns à côté des autres.",
        facing_caption="Freins et leviers face à face",
        shared_caption="Thèmes reliés par les mêmes acteurs",
        shared_none="Aucun couple de thèmes ne partage deux acteurs.",
        conditions_lead="Thèmes dont les conditions de réussite viennent de plusieurs ateliers : {themes}.",
        actors_lead=(
            "Les acteurs que les notes nomment, et les thèmes où elles les nomment. Un lien est fait de notes ; il ne dit "
            "ni accord ni désaccord."
        ),
        actors_none="Aucun acteur n’est nommé dans les notes.",
        actors_caption="Acteurs cités",
        links_caption="Acteurs et thèmes",
        together_caption="Acteurs cités dans les mêmes notes",
        together_none="Aucun couple d’acteurs n’est cité dans une même note.",
        uncited="Annoncés par l’organisation et cités par aucune note : {actors}.",
        picture_alternative=(
            "Schéma en deux colonnes : {actors} à gauche, {themes} à droite, reliés par {links}. "
            "Le lien le plus fourni : {strongest}. Les tableaux qui suivent disent la même chose."
        ),
        picture_caption="Les acteurs (disques) et les thèmes (cadres). Épaisseur : nombre de notes ; tirets : à vérifier.",
        picture_links="Seuls les {n} liens les plus fournis sont tracés.",
        picture_part="Le schéma montre les {n} acteurs les plus cités.",
        strengths={"established": "établi", "signal": "signal", "check": "à vérifier"},
        families=families.FRENCH,
        skills_lead=(
            "Ce que les notes disent des métiers, de la formation, des méthodes et des postures. Elles sont retenues parce "
            "qu’elles emploient ces mots ; rien n’en est déduit."
        ),
        skills_none="Aucune note n’emploie ces mots.",
        territories_caption="Territoires marqués par les rapporteurs",
        unplaced_lead="Ces notes ne rejoignent aucun thème. Elles comptent autant que les autres et sont données en entier.",
        unplaced_none="Toutes les notes ont rejoint un thème.",
        witnesses_lead="Ces textes sont ceux de leurs auteurs ; ils ne font pas partie de la synthèse.",
        witnesses_none="Aucun texte n’a été remis à ce jour.",
        organisers="L’organisation",
        sheet_subtitle="Retour aux participants",
        sheet_statement="Cette feuille reprend, mot pour mot, les notes de l’atelier ; elle ne mesure aucune opinion.",
        sheet_noted="Ce qui a été noté",
        sheet_none="Aucune note n’est parvenue de cet atelier.",
        sheet_caption="Les thèmes que ces notes rejoignent",
        sheet_columns=("Notes d’ici", "Notes en tout", "Autres ateliers"),
        erased=(
            "Une note a été effacée à la demande d’une personne depuis cette synthèse : elle n’y figure plus.",
            "{n} notes ont été effacées à la demande de personnes depuis cette synthèse : elles n’y figurent plus.",
        ),
        hidden=(
            "Un thème a été masqué par une personne : absent de la première page, il garde son chapitre.",
            "{n} thèmes ont été masqués par une personne : absents de la première page, ils gardent leur chapitre.",
        ),
        unsettled=(
            "Un texte a été écrit en deux versions ; la première est montrée, en attendant que quelqu’un choisisse.",
            "{n} textes ont été écrits en deux versions ; les premières sont montrées, en attendant un choix.",
        ),
        follow_lead="À remplir ensemble : ce que l’on fait de ce qui a été dit.",
        follow_caption="Suites données",
        method=(
            "Dans chaque atelier, un ou plusieurs rapporteurs notent ce qui se dit, en une à trois phrases, et indiquent s’il "
            "s’agit d’un levier, d’un frein ou d’une condition de réussite.",
            "Un programme compare les mots et le sens des notes, et réunit celles qui parlent du même sujet. Il recommence "
            "de plusieurs façons et retient ce sur quoi ces essais s’accordent.",
            "Il propose pour chaque thème un intitulé pris dans les notes. Des personnes peuvent renommer et réunir les "
            "thèmes ; leurs décisions tiennent à chaque mise à jour.",
            "Les citations sont des extraits exacts : des notes centrales, des notes différentes entre elles, et une voix "
            "isolée. Aucune phrase n’est rédigée à la place des participants.",
            "Avant toute sortie, une vérification compare chaque citation à la note enregistrée, recompte chaque nombre et "
            "s’assure que chaque note figure une fois et une seule dans les annexes.",
            "Les mêmes notes, dans n’importe quel ordre, donnent le même document.",
        ),
        method_grouped="Ici, les notes sont trop peu nombreuses pour ce calcul : elles sont rangées par atelier et par type.",
        parameters_caption="Réglages et versions",
        parameters={
            "hash": "Empreinte des notes",
            "position": "Position dans le journal",
            "themes": "Nombre de thèmes demandé",
            "seed": "Graine",
            "schema": "Format des données",
        },
        automatic="automatique",
        limits=(
            "Les notes passent par la main des rapporteurs : elles disent ce qui a été noté, non tout ce qui a été dit.",
            "Les ateliers n’ont ni la même durée, ni le même nombre de participants, ni le même nombre de rapporteurs.",
            "Les participants ne forment pas un échantillon : aucun nombre ne se lit comme une part de l’opinion, et aucun "
            "pourcentage n’est donné.",
            "Une note ne va que dans un thème, alors qu’elle peut en toucher plusieurs ; la frontière entre deux thèmes "
            "voisins reste affaire de lecture.",
            "Les acteurs sont reconnus à leur nom : une orthographe inattendue peut échapper, un homonyme tromper.",
        ),
        annexes_lead="Tout ce qu’il faut pour vérifier ce document et s’en servir.",
        decisions_none="Aucune décision n’a été prise sur les thèmes de cette version.",
        decisions_caption="Décisions, dans l’ordre",
        renamed="Thème {theme} renommé « {label} »",
        merged="Thèmes {themes} réunis dans {into}",
        files_lead="Les mêmes informations sont fournies en fichiers ouverts, qui accompagnent ce rapport :",
        files=(
            "edition.json : toute la synthèse, avec ses réglages ;",
            "notes.csv, themes.csv, actors.csv, mentions.csv, links.csv, cooperations.csv : les tableaux ;",
            "workbook.xlsx : les mêmes tableaux dans un classeur ;",
            "graph.gexf et graph.graphml : le graphe des acteurs et des thèmes.",
        ),
        privacy=(
            "La synthèse ne nomme aucun rapporteur ni participant. Les notes sont données comme elles ont été écrites.",
            "Toute personne qui se reconnaît dans une note peut en demander le retrait à l’organisation, en donnant "
            "l’identifiant de la note ; les versions suivantes ne la contiendront plus.",
            "Aucun service extérieur n’a reçu les notes : tout a été calculé sur la machine de l’organisation.",
        ),
    )
)
