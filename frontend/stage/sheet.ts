/** A sheet of landmarks, folded as the server folds it, so that what waits on this device is already seen. Pure. */

import type { Operation } from "../shared/protocol.ts";

export interface Landmark {
  readonly id: string;
  readonly theme_id: string;
  readonly note_id: string;
  readonly line: string;
  readonly seconds: number;
}

export interface Sheet {
  readonly id: string;
  readonly name: string;
  readonly shared: boolean;
  readonly landmarks: readonly Landmark[];
}

/** Return a sheet after the acts that wait for it. */
export function withWaiting(sheet: Sheet, own: string, waiting: readonly Operation[]): Sheet {
  return waiting.filter(({ name, payload }) => (name === "landmarks.shared" ? own : payload["sheet"] || own) === sheet.id).reduce(after, sheet);
}

export function after(sheet: Sheet, { name, payload }: Pick<Operation, "name" | "payload">): Sheet {
  if (name === "landmarks.shared") return { ...sheet, shared: payload["shared"] === true, name: String(payload["name"] ?? "") || sheet.name };
  return { ...sheet, landmarks: landmarksAfter(sheet.landmarks, name, payload) };
}

function landmarksAfter(standing: readonly Landmark[], name: string, payload: Operation["payload"]): readonly Landmark[] {
  const { landmark_id: id = "", theme_id = "", note_id = "", line = "", seconds = 0 } = payload as Partial<Landmark> & { landmark_id?: string };
  switch (name) {
    case "landmark.placed": {
      const starred = theme_id !== "" || note_id !== "";
      const known = standing.some((one) => one.id === id || (starred && one.theme_id === theme_id && one.note_id === note_id));
      return known ? standing : [...standing, { id, theme_id, note_id, line, seconds }];
    }
    case "landmark.worded":
      return standing.map((one) => (one.id === id ? { ...one, line, seconds } : one));
    case "landmark.dropped":
      return standing.filter((one) => one.id !== id);
    case "landmarks.ordered": {
      const order = (payload["landmark_ids"] ?? []) as readonly string[];
      const rank = (one: Landmark): number => (order.includes(one.id) ? order.indexOf(one.id) : order.length);
      return [...standing].sort((one, other) => rank(one) - rank(other));
    }
    default:
      return standing;
  }
}

/** Return the ids in their order once one of them moved by a step; the same order at either end. */
export function moved(landmarks: readonly Landmark[], id: string, by: number): string[] {
  const ids = landmarks.map((one) => one.id);
  const from = ids.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= ids.length) return ids;
  ids.splice(to, 0, ...ids.splice(from, 1));
  return ids;
}
