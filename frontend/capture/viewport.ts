/**
 * Keeps the page exactly as tall as what can be seen, so that a phone's keyboard never covers the field.
 *
 * Some browsers shrink the page themselves (`interactive-widget`); others slide it under the keyboard and only say so
 * through `visualViewport`.
 */

/** Below this height the head steps aside: words come first. */
const SHORT = 430;

export function fitTheScreen(): void {
  const view = window.visualViewport;
  const fit = (): void => {
    // A reader who zooms in wants to move about, not to be fitted again.
    if (view !== null && view.scale > 1.05) return;
    const height = view?.height ?? window.innerHeight;
    document.documentElement.style.setProperty("--screen", `${height}px`);
    document.body.classList.toggle("short", height < SHORT);
    if (view !== null && view.offsetTop > 0) window.scrollTo(0, 0);
  };
  view?.addEventListener("resize", fit);
  view?.addEventListener("scroll", fit);
  window.addEventListener("resize", fit);
  fit();
}
