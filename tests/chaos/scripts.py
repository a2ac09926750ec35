"""What the browser under test is asked to do or to say from inside its page."""

from __future__ import annotations

from tests.chaos import plan

CLOCK = """(() => {
  const Real = Date, error = %d;
  globalThis.Date = class extends Real {
    constructor(...given) { if (given.length) super(...given); else super(Real.now() + error); }
    static now() { return Real.now() + error; }
  };
})()"""


ROWS = """async () => {
  const database = await new Promise((resolve, reject) => {
    const asked = indexedDB.open("restitution:rencontre");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const rows = await new Promise((resolve, reject) => {
    const asked = database.transaction("rows").objectStore("rows").getAll();
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  database.close();
  return rows.filter((row) => row.state !== "received").map((row) => row.payload.text ?? "");
}"""


SUBMIT_TWICE = (
    "() => { const form = document.querySelector('#composer'); form.requestSubmit(); form.requestSubmit(); }"
)


LOOK_FOR_NEWER = "async () => (await navigator.serviceWorker.getRegistration('/')).update().then(() => undefined)"


SEATED = f"""async () => {{
  const signal = AbortSignal.timeout(5_000);
  return (await fetch("/api/v1/rencontre/seat?workshop={plan.BROWSED}", {{ signal }})).ok;
}}"""


BACK = "() => { window.dispatchEvent(new Event('online')); }"
