/** What each measure means, and what to do about it, in French and in English. Pure. */

import { french } from "../shared/typography.ts";
import type { Latency, Storage, Streaming } from "./measures.ts";

export type Verdict = "good" | "look" | "mend";

export interface Finding {
  readonly verdict: Verdict;
  readonly found: string;
  /** What to do; "" when there is nothing to do. */
  readonly advice: string;
}

const COMFORTABLE = 300;
const SLOW = 1_500;
const NOTICEABLE = 30_000;
const LITTLE_ROOM = 50;

interface Words {
  readonly verdicts: Readonly<Record<Verdict | "wait", string>>;
  readonly running: string;
  readonly summary: (good: number, all: number) => string;
  readonly answers: (milliseconds: number, lost: number) => string;
  readonly noAnswer: string;
  readonly slow: string;
  readonly verySlow: string;
  readonly away: string;
  readonly stream: Readonly<Record<Streaming, string>>;
  readonly together: string;
  readonly nothing: string;
  readonly keeps: (room: number | null) => string;
  readonly keepsWhileRoom: string;
  readonly keepsNothing: string;
  readonly addBookmark: string;
  readonly makeRoom: string;
  readonly otherBrowser: string;
  readonly reopening: Readonly<Record<"yes" | "insecure" | "no", string>>;
  readonly useHttps: string;
  readonly rightClock: (seconds: number) => string;
  readonly wrongClock: (minutes: number, fast: boolean) => string;
  readonly unknownClock: string;
  readonly setClock: string;
}

const FR: Words = {
  verdicts: { good: "✓ bon", look: "! à savoir", mend: "✗ à corriger", wait: "… en cours" },
  running: "Contrôle en cours…",
  summary: (good, all) =>
    good === all ? `Les ${all} contrôles sont bons : cette salle est prête.` : `${good} ${good >= 2 ? "contrôles bons" : "contrôle bon"} sur ${all}. Lisez ce qui suit.`,
  answers: (milliseconds, lost) =>
    `Le serveur répond en ${milliseconds} ms (médiane de 10 essais${lost > 0 ? `, dont ${lost} sans réponse` : ""}).`,
  noAnswer: "Le serveur ne répond pas.",
  slow: "C'est lent, mais suffisant : les notes partiront avec un peu de retard. Rien à faire.",
  verySlow:
    "Le réseau est trop lent ou perd des envois. Rapprochez-vous de la borne wifi, ou essayez un partage de connexion. Les notes s'écriront quand même ; elles attendront sur les appareils.",
  away: "Vérifiez que cet appareil est sur le bon réseau et que le serveur est démarré, puis contrôlez de nouveau.",
  stream: {
    "one by one": "Les nouveautés arrivent une par une, aussitôt.",
    together: "Un équipement du réseau retient les nouveautés et les livre toutes ensemble.",
    nothing: "Les nouveautés n'arrivent pas par cette voie.",
  },
  together:
    "Les pages s'en aperçoivent et demandent d'elles-mêmes toutes les 4 secondes. Pour mieux faire, demandez au responsable du réseau de ne pas mettre en tampon les réponses « text/event-stream ».",
  nothing:
    "Les pages demanderont d'elles-mêmes toutes les 4 secondes : c'est un peu moins vif. Si un filtre ou un antivirus inspecte le réseau, demandez qu'il laisse passer cette adresse.",
  keeps: (room) => `Ce navigateur garde les notes durablement${room === null ? "" : ` (${room} Mo libres)`}.`,
  keepsWhileRoom: "Ce navigateur garde les notes, mais pourrait les effacer si l'appareil venait à manquer de place.",
  keepsNothing: "Ce navigateur ne garde rien : navigation privée, ou stockage refusé.",
  addBookmark: "Pour une journée, cela suffit. Pour plus, ajoutez la page de l'atelier aux favoris ou à l'écran d'accueil.",
  makeRoom: "Libérez de la place sur cet appareil avant la rencontre.",
  otherBrowser: "Ouvrez le lien de l'atelier dans une fenêtre ordinaire, ou dans un autre navigateur.",
  reopening: {
    yes: "Une page d'atelier ouverte une fois se rouvre sans réseau, même après un redémarrage.",
    insecure: "L'adresse n'est pas en https : une page fermée ne se rouvrira pas sans réseau.",
    no: "Ce navigateur ne sait pas rouvrir une page sans réseau.",
  },
  useHttps: "Dites aux rapporteurs de garder leur page ouverte. Pour mieux faire, servez cette adresse en https.",
  rightClock: (seconds) => (seconds === 0 ? "L'horloge est à l'heure du serveur." : `L'horloge est à l'heure du serveur, à ${seconds} s près.`),
  wrongClock: (minutes, fast) => `L'horloge de cet appareil ${fast ? "avance" : "retarde"} de ${minutes} min sur celle du serveur.`,
  unknownClock: "L'heure du serveur n'a pas pu être lue.",
  setClock: "Les notes n'en souffrent pas : l'ordre et les heures viennent du serveur. Réglez tout de même l'heure automatique de l'appareil.",
};

const EN: Words = {
  verdicts: { good: "✓ good", look: "! to know", mend: "✗ to mend", wait: "… under way" },
  running: "Checking…",
  summary: (good, all) => (good === all ? `All ${all} checks are good: this room is ready.` : `${good} of ${all} checks are good. Read on.`),
  answers: (milliseconds, lost) => `The server answers in ${milliseconds} ms (median of 10 tries${lost > 0 ? `, ${lost} without an answer` : ""}).`,
  noAnswer: "The server does not answer.",
  slow: "This is slow, but enough: notes will leave a little late. Nothing to do.",
  verySlow:
    "The network is too slow or loses what is sent. Move closer to the access point, or share a phone's connection. Notes can be written all the same; they will wait on the devices.",
  away: "Check that this device is on the right network and that the server is running, then check again.",
  stream: {
    "one by one": "What is new arrives one by one, at once.",
    together: "Something on the network keeps what is new and delivers it all together.",
    nothing: "What is new does not arrive this way.",
  },
  together:
    "Pages notice, and ask by themselves every 4 seconds. To do better, ask whoever runs the network not to buffer “text/event-stream” answers.",
  nothing: "Pages will ask by themselves every 4 seconds: a little less lively. If a filter inspects the network, ask that it lets this address through.",
  keeps: (room) => `This browser keeps notes for good${room === null ? "" : ` (${room} MB free)`}.`,
  keepsWhileRoom: "This browser keeps notes, but might erase them should the device run out of room.",
  keepsNothing: "This browser keeps nothing: private browsing, or storage refused.",
  addBookmark: "For one day, this is enough. For more, add the workshop's page to the bookmarks or to the home screen.",
  makeRoom: "Make some room on this device before the gathering.",
  otherBrowser: "Open the workshop's link in an ordinary window, or in another browser.",
  reopening: {
    yes: "A workshop's page that was opened once opens again without a network, even after a restart.",
    insecure: "The address is not https: a closed page will not open again without a network.",
    no: "This browser cannot open a page again without a network.",
  },
  useHttps: "Tell note-takers to keep their page open. To do better, serve this address over https.",
  rightClock: (seconds) => (seconds === 0 ? "The clock agrees with the server's." : `The clock agrees with the server's, within ${seconds} s.`),
  wrongClock: (minutes, fast) => `This device's clock is ${minutes} min ${fast ? "ahead of" : "behind"} the server's.`,
  unknownClock: "The server's hour could not be read.",
  setClock: "Notes do not suffer: their order and hours come from the server. Set the device's clock to automatic all the same.",
};

export class Findings {
  readonly words: Words;
  #set: (text: string) => string;

  constructor(language: string) {
    const english = language.toLowerCase().startsWith("en");
    this.words = english ? EN : FR;
    this.#set = english ? (text) => text : french;
  }

  /** Set the interface's own words as they are printed. */
  typeset(text: string): string {
    return this.#set(text);
  }

  latency({ median, lost }: Latency): Finding {
    const { words } = this;
    if (median === null) return this.#say("mend", words.noAnswer, words.away);
    const found = words.answers(Math.round(median), lost);
    if (median > SLOW || lost > 2) return this.#say("mend", found, words.verySlow);
    return median > COMFORTABLE || lost > 0 ? this.#say("look", found, words.slow) : this.#say("good", found);
  }

  stream(how: Streaming): Finding {
    const found = this.words.stream[how];
    if (how === "one by one") return this.#say("good", found);
    return this.#say("look", found, how === "together" ? this.words.together : this.words.nothing);
  }

  storage({ keeps, lasting, room }: Storage): Finding {
    const { words } = this;
    if (!keeps) return this.#say("mend", words.keepsNothing, words.otherBrowser);
    if (room !== null && room < LITTLE_ROOM) return this.#say("mend", words.keepsWhileRoom, words.makeRoom);
    return lasting ? this.#say("good", words.keeps(room)) : this.#say("look", words.keepsWhileRoom, words.addBookmark);
  }

  reopening(how: "yes" | "insecure" | "no"): Finding {
    return how === "yes" ? this.#say("good", this.words.reopening.yes) : this.#say("look", this.words.reopening[how], this.words.useHttps);
  }

  clock(ahead: number | null): Finding {
    const { words } = this;
    if (ahead === null) return this.#say("look", words.unknownClock, words.away);
    if (Math.abs(ahead) < NOTICEABLE) return this.#say("good", words.rightClock(Math.round(Math.abs(ahead) / 1_000)));
    return this.#say("look", words.wrongClock(Math.max(1, Math.round(Math.abs(ahead) / 60_000)), ahead > 0), words.setClock);
  }

  #say(verdict: Verdict, found: string, advice = ""): Finding {
    return { verdict, found: this.#set(found), advice: this.#set(advice) };
  }
}
