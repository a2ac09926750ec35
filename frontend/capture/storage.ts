/** What this device says of its own disk: whether it means to keep, and how much room is left. */

const MEGABYTE = 1_000_000;
/** Some two thousand notes: below this, somebody should know while there is still time. */
const LITTLE = 5 * MEGABYTE;

/** Ask the browser to keep what this page keeps, even when the disk fills. A no changes nothing that was promised. */
export async function askToKeep(): Promise<boolean> {
  const { storage } = navigator as Partial<Navigator>;
  if (storage?.persist === undefined) return false;
  return (await storage.persisted().catch(() => false)) || storage.persist().catch(() => false);
}

/** Return the megabytes that are left when they are few, else null: also when the browser does not say. */
export async function littleRoom(): Promise<number | null> {
  const { storage } = navigator as Partial<Navigator>;
  if (storage?.estimate === undefined) return null;
  const { quota, usage } = await storage.estimate().catch(() => ({}) as StorageEstimate);
  if (quota === undefined || usage === undefined) return null;
  const left = Math.max(0, quota - usage);
  return left < LITTLE ? Math.floor(left / MEGABYTE) : null;
}

/**
 * Say whether this window seems private, and so forgets all when it is closed. Firefox and Safari refuse theirs this
 * folder; Chromium lets no page see the difference.
 */
export async function seemsPrivate(): Promise<boolean> {
  const { storage } = navigator as Partial<Navigator>;
  if (storage?.getDirectory === undefined) return false;
  return storage.getDirectory().then(
    () => false,
    () => true,
  );
}
